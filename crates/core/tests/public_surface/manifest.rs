//! Writes `embed/custom-elements.json`: the manifest of the element in the schema of the custom-elements community, version 2.1.0.

use serde_json::Value;

use crate::table::{
    ATTRIBUTES, Attribute, EVENTS, Event, FieldKind, METHODS, Named, PARTS, PROPERTIES, SLOTS, STATIC_METHODS, TOKENS,
};

/// Returns the content of `embed/custom-elements.json`.
pub(crate) fn manifest() -> String {
    format!(
        r#"{{
  "schemaVersion": "2.1.0",
  "readme": "../README.md",
  "modules": [
    {{
      "kind": "javascript-module",
      "path": "doorstep.js",
      "declarations": [
        {{
          "kind": "class",
          "customElement": true,
          "name": "DoorstepTracker",
          "tagName": "doorstep-tracker",
          "superclass": {{ "name": "HTMLElement" }},
          "description": "Shows where an order is, when it comes, and what can be done.",
          "attributes": {},
          "members": {},
          "events": {},
          "slots": {},
          "cssParts": {},
          "cssProperties": {}
        }}
      ],
      "exports": [
        {{ "kind": "custom-element-definition", "name": "doorstep-tracker", "declaration": {{ "name": "DoorstepTracker", "module": "doorstep.js" }} }}
      ]
    }}
  ]
}}
"#,
        list(ATTRIBUTES.iter().map(attribute)),
        list(members()),
        list(EVENTS.iter().map(event)),
        list(SLOTS.iter().map(named)),
        list(PARTS.iter().map(named)),
        list(TOKENS.iter().map(named)),
    )
}

fn attribute(attribute: &Attribute) -> String {
    let field = attribute.property.filter(|_| attribute.is_mirrored);
    object([
        string("name", Some(attribute.name)),
        string("fieldName", field),
        kind(attribute.kind),
        string("default", attribute.default),
        string("description", Some(attribute.about)),
    ])
}

/// Returns the static field with the version, then properties and methods.
fn members() -> impl Iterator<Item = String> {
    let version = r#"{ "kind": "field", "name": "version", "static": true, "readonly": true, "type": { "text": "string" }, "description": "The release." }"#;
    let fields = ATTRIBUTES.iter().filter_map(|attribute| {
        let (mirrors, reflects) = match attribute.is_mirrored {
            true => (string("attribute", Some(attribute.name)), r#""reflects": true"#.to_owned()),
            false => (string("description", Some("Held in memory; never written to the attribute.")), String::new()),
        };
        let name = string("name", Some(attribute.property?));
        Some(object([r#""kind": "field""#.to_owned(), name, kind("string | null"), mirrors, reflects]))
    });
    let properties = PROPERTIES.iter().map(|property| {
        let readonly = if property.is_readonly { r#""readonly": true"#.to_owned() } else { String::new() };
        let (name, about) = (string("name", Some(property.name)), string("description", Some(property.about)));
        object([r#""kind": "field""#.to_owned(), name, readonly, kind(property.kind), about])
    });
    let methods = METHODS.iter().map(|method| {
        object([
            r#""kind": "method""#.to_owned(),
            string("name", Some(method.name.trim_end_matches("()"))),
            r#""return": { "type": { "text": "void" } }"#.to_owned(),
            string("description", Some(method.about)),
        ])
    });
    let static_methods = STATIC_METHODS.iter().map(|method| {
        object([
            r#""kind": "method""#.to_owned(),
            string("name", method.name.split('(').next()),
            r#""static": true"#.to_owned(),
            r#""return": { "type": { "text": "void" } }"#.to_owned(),
            string("description", Some(method.about)),
        ])
    });
    std::iter::once(version.to_owned()).chain(fields).chain(properties).chain(methods).chain(static_methods)
}

fn event(event: &Event) -> String {
    let field = |field: &crate::table::Field| {
        let kind = match field.kind {
            FieldKind::Type(kind) => kind,
            FieldKind::ActionKind | FieldKind::ErrorCode => "string",
        };
        [field.name, if field.is_optional { "?: " } else { ": " }, kind].concat()
    };
    let fields: Vec<String> = event.detail.fields.iter().map(field).collect();
    object([
        string("name", Some(event.name)),
        kind(&["CustomEvent<{ ", &fields.join(", "), " }>"].concat()),
        string("description", Some(event.about)),
    ])
}

fn named(named: &Named) -> String {
    object([string("name", Some(named.name)), string("description", Some(named.about))])
}

/// Returns a member with a text as its value, or nothing if there is no text.
fn string(name: &str, text: Option<&str>) -> String {
    text.map(|text| format!("\"{name}\": {}", Value::from(text))).unwrap_or_default()
}

fn kind(kind: &str) -> String {
    format!(r#""type": {{ {} }}"#, string("text", Some(kind)))
}

/// Returns an object on one line; empty members are left out.
fn object<const N: usize>(members: [String; N]) -> String {
    let members: Vec<String> = members.into_iter().filter(|member| !member.is_empty()).collect();
    ["{ ", &members.join(", "), " }"].concat()
}

/// Returns an array with one object a line.
fn list(objects: impl Iterator<Item = String>) -> String {
    let objects: Vec<String> = objects.map(|object| ["            ", &object].concat()).collect();
    ["[\n", &objects.join(",\n"), "\n          ]"].concat()
}
