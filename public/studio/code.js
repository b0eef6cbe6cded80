// @ts-check
/** The code that puts the widget on a page, for each kind of page. The forms are those of docs/embedding.md and docs/frameworks.md. */

import { byId, choices, copy } from "./dom.js";

/**
 * @typedef {object} Embedding
 * @property {string} origin of the page
 * @property {string} order id of the order
 * @property {Record<string, string>} attributes of the widget other than the address, the order and the token
 * @property {string} [banner] sentence in the slot after the headline
 */

/** @param {Record<string, string>} attributes @param {string} prefix @param {string} between */
const written = (attributes, prefix, between) => Object.entries(attributes).map(([name, value]) => `${between}${prefix}${name}="${value.replaceAll('"', "&quot;")}"`).join("");

/** Returns the name of an attribute as a prop of the components. @param {string} name */
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** @param {Embedding} embedding */
const script = ({ origin, order, attributes }) => `<script async src="${origin}/embed/v1/doorstep.js"
        data-api="${origin}/api" data-order="${order}"${written(attributes, "data-", "\n        ")}></script>

<!-- The link to the page carries the token:
     ${origin}/#doorstep=${order}/TOKEN -->`;

/** @param {Embedding} embedding */
const element = ({ origin, order, attributes, banner }) => `<script async src="${origin}/embed/v1/doorstep.js"></script>
<doorstep-tracker api="${origin}/api" order="${order}"${written(attributes, "", "\n                  ")}>
  <p>Your order status appears here.</p>${banner ? `\n  <p slot="after-headline">${banner}</p>` : ""}
</doorstep-tracker>

<!-- In your own script; the token comes from your server: -->
document.querySelector("doorstep-tracker").token = token;`;

/** @param {Embedding} embedding */
const react = ({ attributes }) => `import { DoorstepTracker } from 'doorstep-tracker/react';

export function OrderStatus({ api, order, token }) {
  return (
    <DoorstepTracker
      api={api}
      order={order}
      token={token}${Object.entries(attributes).map(([name, value]) => `\n      ${camel(name)}=${name === "strings" ? `{${value}}` : `"${value}"`}`).join("")}
      onReady={(event) => console.info(event.detail.parcels)}
    />
  );
}`;

/** @param {Embedding} embedding */
const vue = ({ attributes }) => `<script setup>
import { DoorstepTracker } from 'doorstep-tracker/vue';

defineProps(['api', 'order', 'token']);
</script>

<template>
  <DoorstepTracker :api="api" :order="order" :token="token"${written(attributes, "", "\n    ")}
    @ready="(event) => console.info(event.detail.parcels)" />
</template>`;

/** @param {Embedding} embedding */
const leptos = ({ origin, attributes }) => `use doorstep_leptos::Tracker;
use leptos::prelude::*;

#[component]
fn OrderStatus(order: String, token: String) -> impl IntoView {
    view! {
        <Tracker
            src="${origin}/embed/v1/doorstep.js"
            api="${origin}/api"
            order=order
            token=token${Object.entries(attributes).map(([name, value]) => `\n            attr:${name}=r#"${value}"#`).join("")}
            on_ready=|order| leptos::logging::log!("{} parcels", order.parcels)
        />
    }
}`;

const shopify = () => `{% comment %} An app block of a theme app extension {% endcomment %}
<doorstep-tracker api="{{ block.settings.api | escape }}"></doorstep-tracker>
<script async src="{{ block.settings.script | escape }}"></script>

{% schema %}
{
  "name": "Order tracker",
  "target": "section",
  "settings": [
    { "type": "text", "id": "api", "label": "Address of the order API" },
    { "type": "text", "id": "script", "label": "Address of doorstep.js" }
  ]
}
{% endschema %}`;

const woocommerce = () => `add_action( 'woocommerce_order_details_after_order_table', function ( $order ) {
    // Your function: asks the backend for a token with the admin key, and caches the answer.
    $access = my_shop_doorstep_access( $order );
    if ( ! $access ) {
        return;
    }
    printf(
        '<doorstep-tracker api="%s" order="%s" token="%s"></doorstep-tracker>',
        esc_url( 'https://orders.example/api' ),
        esc_attr( $access['order'] ),
        esc_attr( $access['token'] )
    );
    wp_enqueue_script( 'doorstep', 'https://widgets.example/embed/v1/doorstep.js', array(), null, true );
} );`;

const policy = () => `Content-Security-Policy: script-src 'self' https://widgets.example 'wasm-unsafe-eval';
  connect-src 'self' https://widgets.example https://orders.example;
  img-src 'self' https://pictures.example

# style-src needs nothing, and style-src 'none' is supported.
# require-trusted-types-for 'script' with trusted-types 'none' is supported.`;

/** @type {readonly (readonly [value: string, label: string, code: (embedding: Embedding) => string])[]} */
const FORMS = [
  ["script", "Script tag", script], ["element", "HTML", element], ["react", "React", react], ["vue", "Vue", vue], ["leptos", "Leptos", leptos],
  ["shopify", "Shopify", shopify], ["woocommerce", "WooCommerce", woocommerce], ["csp", "CSP", policy],
];

/**
 * Sets the panel of the code up. Returns the function that shows the code for another embedding.
 * @returns {(embedding: Embedding) => void}
 */
export function codePanel() {
  /** @type {Embedding} */
  let current = { origin: location.origin, order: "ORDER_ID", attributes: {} };
  let form = "script";
  const show = () => {
    byId("code").textContent = FORMS.find(([value]) => value === form)?.[2](current) ?? "";
  };
  const group = choices("form", "Kind of page", FORMS.map(([value, label]) => [value, label]), form, (value) => {
    form = value;
    show();
  });
  byId("code-form").append(group);
  byId("copy").addEventListener("click", () => copy(byId("code").textContent ?? "", byId("copied")));
  return (embedding) => {
    current = embedding;
    show();
  };
}
