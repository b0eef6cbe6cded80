<?php
/**
 * Tokens: requested by the server, stored with the order, and never the cause of a broken page.
 */

use Doorstep\OrderTracking\Tokens;

function test_the_server_requests_a_token_with_the_admin_key(): void {
	World::view_order( 1042, 7 );
	lacks( 'secret-admin-key', element() );
	$request = World::$requests[0];
	is_same( 'https://orders.example.com/api/v1/admin/orders/woocommerce-1042/token', $request['address'] );
	is_same( 'Bearer secret-admin-key', $request['headers']['Authorization'] );
	is_same( '{"scopes":["read","act"],"expires_in_s":2592000}', $request['body'] );
	is_same( 1, preg_match( '/^[\x21-\x7E]{1,128}$/', $request['headers']['Idempotency-Key'] ) );
	is_same( 0, $request['redirection'] );
}

function test_a_token_is_requested_once_and_again_an_hour_before_its_end(): void {
	World::view_order( 1042, 7 );
	$first = element();
	is_same( $first, element() );
	World::$now += 30 * 86400 - 3601;
	is_same( $first, element() );
	is_same( array( 1, 1 ), array( count( World::$requests ), World::$orders[1042]->written ) );

	World::$now    += 1;
	World::$answers = array( World::answer( 200, World::minted( 'second' ) ) );
	contains( 'token="second"', element() );
	is_same( 2, count( World::$requests ) );
	is_same( false, World::$requests[0]['headers']['Idempotency-Key'] === World::$requests[1]['headers']['Idempotency-Key'] );
}

function test_a_token_of_another_backend_is_not_used(): void {
	World::view_order( 1042, 7 );
	element();
	World::$options['doorstep_order_tracking_api'] = 'https://other.example.com/api/';
	World::$answers                                = array( World::answer( 200, World::minted( 'other' ) ) );
	contains( 'token="other"', element() );
}

function test_a_refused_key_gives_the_look_up_and_a_line_in_the_log_without_the_key(): void {
	World::$answers = array( World::answer( 401, '{"code":"unauthorized"}' ) );
	World::view_order( 1042, 7 );
	contains( LOOKUP, element() );
	is_same( array( 'No token for woocommerce-1042: status 401' ), World::$log );
	is_same( array(), World::$orders[1042]->meta );
}

function test_a_slow_backend_costs_one_page_a_few_seconds_and_the_next_ones_nothing(): void {
	World::$answers = array( new WP_Error( 'http_request_failed', 'timed out' ), World::answer( 200, World::minted( 'later' ) ) );
	World::view_order( 1042, 7 );
	contains( LOOKUP, element() );
	is_same( true, World::$requests[0]['timeout'] <= 3 );
	World::$now += 59;
	contains( LOOKUP, element() );
	is_same( 1, count( World::$requests ) );
	World::$now += 1;
	contains( 'token="later"', element() );
}

function test_an_order_that_the_backend_does_not_know_yet_has_a_notice_and_is_asked_for_again(): void {
	World::$answers = array( World::answer( 404, '{"code":"unknown-order"}' ), World::answer( 200, World::minted( 'known' ) ) );
	World::order_received( 1043, 'wc_order_of_a_guest' );
	contains( 'not available yet', element() );
	contains( 'token="known"', element() );
	is_same( array(), World::$log );
}

function test_an_erased_order_does_not_keep_the_others_from_their_tokens(): void {
	World::$answers = array( World::answer( 409, '{"code":"order-erased"}' ), World::answer( 200, World::minted( 'other' ) ) );
	World::view_order( 1042, 7 );
	contains( LOOKUP, element() );
	World::order_received( 1043, 'wc_order_of_a_guest' );
	contains( 'token="other"', element() );
}

function test_a_wrong_address_of_the_backend_is_in_the_log(): void {
	World::$answers = array( World::answer( 404, '{"code":"not-found"}' ) );
	World::view_order( 1042, 7 );
	contains( LOOKUP, element() );
	is_same( array( 'No token for woocommerce-1042: status 404' ), World::$log );
}

function test_an_answer_that_is_not_usable_gives_the_look_up(): void {
	$later = '2099-01-01T00:00:00Z';
	$bodies = array(
		'',
		'null',
		'"text"',
		'{}',
		'{"token":"a"}',
		'{"token":["a"],"expires_at":"' . $later . '"}',
		'{"token":"","expires_at":"' . $later . '"}',
		'{"token":"\"><script>","expires_at":"' . $later . '"}',
		'{"token":"a","expires_at":"some day"}',
		'{"token":"a","expires_at":"2000-01-01T00:00:00Z"}',
		'{"token":"a","expires_at":5}',
	);
	World::view_order( 1042, 7 );
	foreach ( $bodies as $body ) {
		World::$transients = array();
		World::$answers    = array( World::answer( 200, $body ) );
		contains( LOOKUP, element() );
	}
	is_same( count( $bodies ), count( World::$requests ) );
}

function test_damaged_meta_data_is_replaced(): void {
	World::view_order( 1042, 7 );
	foreach ( array( 'text', array(), array( 'token' => '"' ), array( 'token' => array() ), 5 ) as $damaged ) {
		World::$orders[1042]->meta = array( Tokens::META => $damaged );
		contains( 'token="' . World::TOKEN . '"', element() );
	}
}

function test_without_an_admin_key_or_with_an_unusual_one_nothing_is_requested(): void {
	World::view_order( 1042, 7 );
	foreach ( array( '', "key\r\nX-Other: 1", 'two words' ) as $key ) {
		World::$options['doorstep_order_tracking_admin_key'] = $key;
		contains( LOOKUP, element() );
	}
	is_same( array(), World::$requests );
}

function test_the_token_is_in_no_webhook_and_in_no_answer_of_the_rest_api(): void {
	\Doorstep\OrderTracking\start();
	$meta     = array( new WC_Meta_Data( Tokens::META, array( 'token' => 'a' ) ), new WC_Meta_Data( 'other', 'kept' ) );
	$response = new WP_REST_Response( array( 'meta_data' => $meta ) );
	$sent = apply_filters( 'woocommerce_rest_prepare_shop_order_object', $response );
	is_same( array( 'kept' ), array_map( static fn ( $meta ) => $meta->get_data()['value'], $sent->data['meta_data'] ) );
}
