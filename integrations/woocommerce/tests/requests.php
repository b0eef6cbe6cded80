<?php
/**
 * Stand-ins of the WordPress functions for requests: to the backend, and of the settings page. A function that ends the request throws.
 */

/** Thrown by `wp_die`. */
final class Died extends Exception {}

/** Thrown by `wp_safe_redirect`; its message is the address. The plugin ends the request after it. */
final class Redirected extends Exception {}

final class WP_Error {
	private string $message;
	public function __construct( string $code, string $message ) {
		$this->message = $message;
	}
	public function get_error_message(): string {
		return $this->message;
	}
}

function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function wp_remote_post( $address, $arguments ) {
	World::$requests[] = array( 'address' => $address ) + $arguments;
	return count( World::$answers ) > 1 ? array_shift( World::$answers ) : World::$answers[0];
}
function wp_remote_retrieve_response_code( $response ) {
	return $response['response']['code'];
}
function wp_remote_retrieve_body( $response ) {
	return $response['body'];
}
function wp_generate_uuid4() {
	return sprintf( '%08d-0000-4000-8000-000000000000', count( World::$requests ) );
}

function wp_die( $message, $title = '', $arguments = array() ) {
	throw new Died( $message );
}
function wp_nonce_field( $action ) {
	printf( '<input type="hidden" name="_wpnonce" value="%s">', esc_attr( wp_create_nonce( $action ) ) );
}
/** Returns a nonce, which is valid for its action and its user. */
function wp_create_nonce( $action ) {
	return 'nonce-' . $action . '-' . World::$user;
}
function wp_verify_nonce( $nonce, $action ) {
	return wp_create_nonce( $action ) === $nonce;
}
function check_admin_referer( $action ) {
	if ( ! wp_verify_nonce( $_REQUEST['_wpnonce'] ?? '', $action ) ) {
		wp_die( 'The link has expired.' );
	}
}
function wp_safe_redirect( $address ) {
	throw new Redirected( $address );
}
function admin_url( $path ) {
	return 'https://shop.example.com/wp-admin/' . $path;
}
function add_query_arg( $arguments, $address ) {
	return $address . '?' . http_build_query( $arguments );
}
function add_submenu_page( $parent, $title, $menu, $capability, $slug, $callback ) {
	World::$hooks['menu'][ $slug ] = array( $capability, $callback );
}

function is_multisite() {
	return false;
}
function delete_metadata( $type, $id, $key, $value, $all ) {
	World::$deleted[] = array( $type, $key, $all );
}

/** The database, which has the table of the meta data of orders. */
final class Database {
	public string $prefix = 'shop_';
	public function prepare( string $sql, string $value ): string {
		return str_replace( '%s', "'" . $value . "'", $sql );
	}
	public function esc_like( string $text ): string {
		return addcslashes( $text, '_%\\' );
	}
	public function get_var( string $sql ): ?string {
		return false !== strpos( $sql, 'wc\_orders\_meta' ) ? 'shop_wc_orders_meta' : null;
	}
	public function delete( string $table, array $where ): void {
		World::$deleted[] = array( $table, $where['meta_key'], true );
	}
}
$GLOBALS['wpdb'] = new Database();
