<?php
/**
 * The settings page: who may change what, and what is stored.
 */

use Doorstep\OrderTracking\Settings_Page;

/** Sends a form as a user with these capabilities. Returns the result in the address to which the browser is sent. */
function send( string $action, array $fields, array $capabilities = array( 'manage_woocommerce' ), ?string $nonce = null ): string {
	World::$capabilities = $capabilities;
	World::$user         = 1;
	World::$hooks        = array();
	\Doorstep\OrderTracking\start();
	$_POST    = array_map( 'addslashes', $fields );
	$_REQUEST = array( '_wpnonce' => $nonce ?? wp_create_nonce( $action ) );
	$address  = ended( Redirected::class, static fn () => do_action( 'admin_post_' . $action ) );
	parse_str( (string) parse_url( $address, PHP_URL_QUERY ), $query );
	return $query['result'];
}

const FORM = array(
	'api'        => 'https://new.example.com/api',
	'script'     => 'https://new.example.com/doorstep.js',
	'order_page' => 'https://shop.example.com/order#part',
	'admin_key'  => '',
	'automatic'  => '1',
);

function test_settings_are_saved_and_the_key_is_not_loaded_with_the_other_options(): void {
	is_same( 'saved', send( Settings_Page::SAVE, array( 'admin_key' => 'new"key\\' ) + FORM ) );
	is_same( 'https://new.example.com/api', World::$options['doorstep_order_tracking_api'] );
	is_same( 'https://shop.example.com/order', World::$options['doorstep_order_tracking_order_page'] );
	is_same( 'new"key\\', World::$options['doorstep_order_tracking_admin_key'] );
	is_same( array( 'doorstep_order_tracking_admin_key' ), World::$not_autoloaded );
}

function test_an_empty_field_keeps_the_key_and_the_box_deletes_it(): void {
	send( Settings_Page::SAVE, FORM );
	is_same( 'secret-admin-key', World::$options['doorstep_order_tracking_admin_key'] );
	send( Settings_Page::SAVE, array( 'delete_admin_key' => '1' ) + FORM );
	is_same( false, isset( World::$options['doorstep_order_tracking_admin_key'] ) );
}

function test_nothing_is_changed_without_the_capability_or_without_the_nonce(): void {
	$before = World::$options;
	foreach ( array( Settings_Page::SAVE, Settings_Page::CREATE_WEBHOOKS ) as $action ) {
		$form = array( 'secret' => 'shared-secret' ) + FORM;
		ended( Died::class, static fn () => send( $action, $form, array( 'edit_posts' ) ) );
		ended( Died::class, static fn () => send( $action, $form, array( 'manage_woocommerce' ), 'forged' ) );
		ended( Died::class, static fn () => send( $action, $form, array( 'manage_woocommerce' ), wp_create_nonce( 'another-action' ) ) );
	}
	is_same( $before, World::$options );
	is_same( array(), World::$webhooks );
}

function test_an_address_that_is_not_usable_is_refused_and_nothing_is_saved(): void {
	$before = World::$options;
	$bad    = array(
		'javascript:alert(1)',
		'http://orders.example.com/api',
		'//orders.example.com',
		'orders.example.com',
		'https://user:word@orders.example.com',
		'https://orders.example.com/"><script>',
		"https://orders.example.com/\nX",
		'ftp://orders.example.com',
	);
	foreach ( $bad as $address ) {
		foreach ( array( 'api', 'script', 'order_page' ) as $field ) {
			is_same( 'address', send( Settings_Page::SAVE, array( $field => $address ) + FORM ) );
		}
	}
	is_same( 'address', send( Settings_Page::SAVE, array( 'api' => 'https://orders.example.com/api?x=1' ) + FORM ) );
	is_same( 'key', send( Settings_Page::SAVE, array( 'admin_key' => "a\r\nb" ) + FORM ) );
	is_same( $before, World::$options );
	is_same( 'saved', send( Settings_Page::SAVE, array( 'api' => 'http://localhost:4180/api' ) + FORM ) );
}

function test_the_page_shows_no_key_and_escapes_what_it_shows(): void {
	World::$options['doorstep_order_tracking_api'] = '"><script>alert(1)</script>';
	World::$capabilities                           = array( 'manage_woocommerce' );
	$_GET = array( 'result' => 'saved' );
	$page = printed( array( Settings_Page::class, 'show' ) );
	lacks( 'secret-admin-key', $page );
	lacks( '<script', $page );
	contains( 'type="password"', $page );
	contains( wp_create_nonce( Settings_Page::SAVE ), $page );
	contains( 'Saved.', $page );
	World::$capabilities = array();
	is_same( '', printed( array( Settings_Page::class, 'show' ) ) );
}

function test_the_page_is_in_the_menu_for_managers_of_the_shop(): void {
	\Doorstep\OrderTracking\start();
	do_action( 'admin_menu' );
	is_same( 'manage_woocommerce', World::$hooks['menu'][ Settings_Page::SLUG ][0] );
}

function test_the_webhooks_are_created_once_and_get_a_new_secret(): void {
	is_same( 'webhooks', send( Settings_Page::CREATE_WEBHOOKS, array( 'secret' => 'first' ) ) );
	is_same( 'webhooks', send( Settings_Page::CREATE_WEBHOOKS, array( 'secret' => 'second' ) ) );
	$topics = array_map( static fn ( $webhook ) => $webhook->get_topic(), World::$webhooks );
	is_same( array( 'order.created', 'order.updated', 'order.deleted', 'order.restored' ), $topics );
	foreach ( World::$webhooks as $webhook ) {
		is_same( 'https://orders.example.com/api/v1/webhooks/woocommerce', $webhook->get_delivery_url() );
		is_same( array( 'second', 'active', 1 ), array( $webhook->get_secret(), $webhook->get_status(), $webhook->get_user_id() ) );
	}
	is_same( false, in_array( 'second', World::$options, true ) );
	is_same( 'secret', send( Settings_Page::CREATE_WEBHOOKS, array( 'secret' => '' ) ) );
}
