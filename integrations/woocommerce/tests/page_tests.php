<?php
/**
 * The element in pages: who gets a token, and what hostile values become.
 */

function test_the_customer_of_an_order_sees_it_on_the_account_page(): void {
	World::view_order( 1042, 7 );
	$expected = '<doorstep-tracker api="https://orders.example.com/api" order="woocommerce-1042" token="' . World::TOKEN . '">';
	is_same( $expected . '</doorstep-tracker>', element() );
}

function test_block_and_short_code_render_alike(): void {
	World::view_order( 1042, 7 );
	is_same( element(), ( World::$blocks['doorstep/order-tracking']['render_callback'] )( array() ) );
}

function test_the_loader_is_deferred_and_has_no_version_parameter(): void {
	element();
	list( $address, $version, $settings ) = World::$scripts['doorstep-order-tracking'];
	is_same( array( 'https://widgets.example.com/embed/v1/doorstep.js', null ), array( $address, $version ) );
	is_same( 'defer', $settings['strategy'] );
}

function test_another_customer_a_visitor_and_an_unknown_order_get_the_look_up(): void {
	foreach ( array( '1042 8', '1042 0', '1043 7', '1043 0', '99 7', '0 7' ) as $page ) {
		World::view_order( ...array_map( 'intval', explode( ' ', $page ) ) );
		is_same( LOOKUP, element() );
	}
	is_same( array(), World::$requests );
}

function test_a_page_without_an_order_has_the_look_up(): void {
	World::$user = 7;
	is_same( LOOKUP, element() );
}

function test_a_guest_with_the_order_key_sees_the_order(): void {
	World::order_received( 1043, 'wc_order_of_a_guest' );
	contains( 'order="woocommerce-1043"', element() );
}

function test_a_guest_with_a_wrong_key_or_without_one_gets_the_look_up(): void {
	foreach ( array( 'wc_order_of_a_customer', 'wc_order_of_a_gues', '', '0' ) as $key ) {
		World::order_received( 1043, $key );
		is_same( LOOKUP, element() );
	}
	$_GET = array( 'key' => array( 'wc_order_of_a_guest' ) );
	is_same( LOOKUP, element() );
	World::$orders[1043] = new WC_Order( 1043, 0, '' );
	World::order_received( 1043, '' );
	is_same( LOOKUP, element() );
	is_same( array(), World::$requests );
}

function test_the_key_of_an_order_with_an_account_needs_its_customer(): void {
	foreach ( array( 0, 8 ) as $user ) {
		World::order_received( 1042, 'wc_order_of_a_customer', $user );
		is_same( LOOKUP, element() );
	}
	World::order_received( 1042, 'wc_order_of_a_customer', 7 );
	contains( 'order="woocommerce-1042"', element() );
}

function test_a_guest_whom_woocommerce_asks_for_the_address_gets_no_token_before(): void {
	World::$asks_for_email = true;
	World::order_received( 1043, 'wc_order_of_a_guest' );
	is_same( LOOKUP, element() );
	$_POST = array(
		'email'            => 'ada@example.com',
		'check_submission' => 'forged',
	);
	is_same( LOOKUP, element() );
	$_POST['check_submission'] = wp_create_nonce( 'wc_verify_email' );
	contains( 'token=', element() );
}

function test_the_element_is_below_the_order_table_unless_that_is_switched_off(): void {
	World::view_order( 1042, 7 );
	\Doorstep\OrderTracking\start();
	$below = static fn () => do_action( 'woocommerce_order_details_after_order_table', World::$orders[1042] );
	contains( 'order="woocommerce-1042"', printed( $below ) );
	World::$user = 8;
	is_same( '', printed( $below ) );
	World::$user = 7;
	World::$options['doorstep_order_tracking_automatic'] = 'no';
	is_same( '', printed( $below ) );
}

function test_a_page_with_a_token_is_not_cached(): void {
	World::view_order( 1042, 8 );
	element();
	is_same( true, World::$cached );
	World::view_order( 1042, 7 );
	element();
	is_same( array( false, true ), array( World::$cached, defined( 'DONOTCACHEPAGE' ) ) );
}

function test_hostile_settings_cannot_leave_their_attribute(): void {
	World::$options['doorstep_order_tracking_api'] = 'https://orders.example.com/"><script>alert(1)</script>?a=1&b=2';
	World::view_order( 1042, 7 );
	lacks( '<script', element() );
	is_same( 2, substr_count( element(), '>' ) );
	World::$options['doorstep_order_tracking_api'] = 'javascript:alert(1)';
	lacks( 'javascript', element() );
}

function test_a_hostile_order_number_is_a_number(): void {
	World::$endpoint = array( 'view-order' => '1042"><script>' );
	World::$user     = 7;
	contains( 'order="woocommerce-1042"', element() );
	World::$endpoint = array( 'view-order' => '../../admin' );
	is_same( LOOKUP, element() );
}

function test_without_settings_only_managers_see_a_notice(): void {
	World::$options = array();
	is_same( '', element() );
	World::$capabilities = array( 'manage_woocommerce' );
	contains( 'not set up', element() );
	is_same( array(), World::$scripts );
}

function test_the_plugin_works_with_the_order_tables_of_woocommerce(): void {
	\Doorstep\OrderTracking\declare_compatibility();
	is_same( true, \Automattic\WooCommerce\Utilities\FeaturesUtil::$declared['custom_order_tables'] );
}
