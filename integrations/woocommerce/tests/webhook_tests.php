<?php
/**
 * Fulfilments of WooCommerce in the webhooks of the backend.
 */

/** Returns the body of a webhook of user 1 to an address, as it is sent while nobody is signed in. */
function webhook_body( string $address, $body, string $resource = 'order' ) {
	World::$hooks = array();
	\Doorstep\OrderTracking\start();
	$webhook = new WC_Webhook();
	$webhook->set_delivery_url( $address );
	$webhook->set_user_id( 1 );
	World::$webhooks = array( 5 => $webhook );
	return apply_filters( 'woocommerce_webhook_payload', $body, $resource, 1042, 5 );
}

const BACKEND = 'https://orders.example.com/api/v1/webhooks/woocommerce';
const BODY    = array(
	'id'         => 1042,
	'line_items' => array(),
);

function test_fulfilments_are_read_as_the_user_of_the_webhook_and_sent_with_the_order(): void {
	World::$fulfilments = array( 3 => array( 'id' => 55 ) );
	is_same( BODY + array( 'fulfillments' => array( array( 'id' => 55 ) ) ), webhook_body( BACKEND, BODY ) );
	is_same( 0, World::$user );
}

function test_other_webhooks_and_shops_without_fulfilments_are_as_they_were(): void {
	is_same( BODY, webhook_body( BACKEND, BODY ) );
	World::$fulfilments = array( array( 'id' => 55 ) );
	is_same( BODY, webhook_body( 'https://other.example.com/', BODY ) );
	is_same( BODY, webhook_body( BACKEND, BODY, 'product' ) );
	is_same( array( 'id' => 1042 ), webhook_body( BACKEND, array( 'id' => 1042 ) ) );
	is_same( 'text', webhook_body( BACKEND, 'text' ) );
}
