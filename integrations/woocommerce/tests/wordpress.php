<?php
/**
 * Stand-ins of the WordPress functions that the plugin calls, with their documented behaviour as far as the plugin uses it.
 */

namespace Doorstep\OrderTracking {
	/** Returns the time of the test. The plugin's files find this function before PHP's own. */
	function time(): int {
		return \World::$now;
	}
	/** Returns false as before the output of a page, whatever the tests have printed. */
	function headers_sent(): bool {
		return false;
	}
}

namespace {
	define( 'ABSPATH', __DIR__ . '/' );
	define( 'HOUR_IN_SECONDS', 3600 );
	define( 'DAY_IN_SECONDS', 86400 );
	define( 'KB_IN_BYTES', 1024 );

	function add_action( $hook, $callback, $priority = 10, $arguments = 1 ) {
		World::$hooks[ $hook ][] = array( $callback, $arguments );
	}
	function add_filter( $hook, $callback, $priority = 10, $arguments = 1 ) {
		add_action( $hook, $callback, $priority, $arguments );
	}
	function apply_filters( $hook, $value, ...$more ) {
		foreach ( World::$hooks[ $hook ] ?? array() as list( $callback, $arguments ) ) {
			$value = $callback( ...array_slice( array( $value, ...$more ), 0, $arguments ) );
		}
		return $value;
	}
	function do_action( $hook, ...$values ) {
		foreach ( World::$hooks[ $hook ] ?? array() as list( $callback, $arguments ) ) {
			$callback( ...array_slice( $values, 0, $arguments ) );
		}
	}

	function get_option( $name, $default = false ) {
		return World::$options[ $name ] ?? $default;
	}
	function update_option( $name, $value, $autoload = null ) {
		World::$options[ $name ] = $value;
		if ( false === $autoload ) {
			World::$not_autoloaded[] = $name;
		}
	}
	function delete_option( $name ) {
		unset( World::$options[ $name ] );
	}
	function get_transient( $name ) {
		list( $value, $until ) = World::$transients[ $name ] ?? array( false, 0 );
		return $until > World::$now ? $value : false;
	}
	function set_transient( $name, $value, $seconds ) {
		World::$transients[ $name ] = array( $value, World::$now + $seconds );
	}
	function delete_transient( $name ) {
		unset( World::$transients[ $name ] );
	}

	function esc_html( $text ) {
		return htmlspecialchars( $text, ENT_QUOTES );
	}
	function esc_attr( $text ) {
		return htmlspecialchars( $text, ENT_QUOTES );
	}
	/** Removes characters that no address has, refuses other protocols with an empty string. */
	function sanitize_url( $url, $protocols = null ) {
		$url    = preg_replace( '|[^a-z0-9-~+_.?#=!&;,/:%@$\|*\'()\[\]\x80-\xff]|i', '', trim( $url ) );
		$scheme = strtolower( (string) strtok( $url, ':' ) );
		return in_array( $scheme, $protocols ?? array( 'https', 'http' ), true ) ? $url : '';
	}
	/** Is `sanitize_url` with `&` and `'` as entities. */
	function esc_url( $url, $protocols = null ) {
		return str_replace( array( '&', "'" ), array( '&#038;', '&#039;' ), sanitize_url( $url, $protocols ) );
	}
	function esc_html__( $text, $domain ) {
		return esc_html( __( $text, $domain ) );
	}
	/** Translates by the plugin's file for the locale of the test. */
	function __( $text, $domain ) {
		$file = dirname( __DIR__ ) . "/doorstep-order-tracking/languages/$domain-" . World::$locale . '.l10n.php';
		return is_file( $file ) ? ( require $file )['messages'][ $text ] ?? $text : $text;
	}
	function sanitize_text_field( $text ) {
		return trim( preg_replace( '/[\r\n\t ]+/', ' ', strip_tags( $text ) ) );
	}
	function sanitize_key( $key ) {
		return preg_replace( '/[^a-z0-9_-]/', '', strtolower( $key ) );
	}
	function sanitize_email( $email ) {
		return (string) filter_var( $email, FILTER_SANITIZE_EMAIL );
	}
	function wp_unslash( $value ) {
		return stripslashes( $value );
	}
	function untrailingslashit( $text ) {
		return rtrim( $text, '/\\' );
	}
	function absint( $value ) {
		return abs( (int) $value );
	}
	function wp_parse_url( $url ) {
		return parse_url( $url );
	}
	function wp_json_encode( $value ) {
		return json_encode( $value );
	}

	function load_plugin_textdomain( $domain, $deprecated, $path ) {}
	function get_available_languages() {
		return World::$languages;
	}
	function switch_to_locale( $locale ) {
		World::$locales_before[] = World::$locale;
		World::$locale           = $locale;
		return true;
	}
	function restore_previous_locale() {
		World::$locale = array_pop( World::$locales_before );
	}

	function is_user_logged_in() {
		return 0 !== World::$user;
	}
	function wp_set_current_user( $id ) {
		World::$user = $id;
	}
	function get_current_user_id() {
		return World::$user;
	}
	/** Grants `view_order` to the customer of the order, as WooCommerce does. */
	function current_user_can( $capability, $id = null ) {
		if ( 'view_order' === $capability ) {
			return 0 !== World::$user && isset( World::$orders[ $id ] ) && World::$orders[ $id ]->get_customer_id() === World::$user;
		}
		return in_array( $capability, World::$capabilities, true );
	}

	function register_block_type( $folder, $settings ) {
		$block = json_decode( file_get_contents( $folder . '/block.json' ), true, 512, JSON_THROW_ON_ERROR );

		World::$blocks[ $block['name'] ] = $settings;
	}
	function add_shortcode( $name, $callback ) {
		World::$short_codes[ $name ] = $callback;
	}
	function wp_enqueue_script( $handle, $address, $dependencies, $version, $settings ) {
		World::$scripts[ $handle ] = array( $address, $version, $settings );
	}
	function get_query_var( $name ) {
		return World::$endpoint[ $name ] ?? '';
	}
	function nocache_headers() {
		World::$cached = false;
	}
}
