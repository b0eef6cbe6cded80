<?php
/**
 * The stored settings of the plugin.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes the options. `uninstall.php` lists their names once more, because it runs without this file.
 */
final class Settings {
	const API        = 'doorstep_order_tracking_api';
	const SCRIPT     = 'doorstep_order_tracking_script';
	const ADMIN_KEY  = 'doorstep_order_tracking_admin_key';
	const ORDER_PAGE = 'doorstep_order_tracking_order_page';
	const AUTOMATIC  = 'doorstep_order_tracking_automatic';

	/**
	 * Returns the base address of the backend without a slash at its end, or an empty string.
	 */
	public static function api(): string {
		return untrailingslashit( self::text( self::API ) );
	}

	/**
	 * Returns the address of the loader, or an empty string.
	 */
	public static function script(): string {
		return self::text( self::SCRIPT );
	}

	/**
	 * Returns the admin key of the backend, or an empty string. It must never be printed.
	 */
	public static function admin_key(): string {
		return self::text( self::ADMIN_KEY );
	}

	/**
	 * Returns the address of the page to which the links in mails lead, or an empty string.
	 */
	public static function order_page(): string {
		return self::text( self::ORDER_PAGE );
	}

	/**
	 * Returns true if the element is shown below the order's table without a block or a short code.
	 */
	public static function is_automatic(): bool {
		return 'no' !== self::text( self::AUTOMATIC );
	}

	/**
	 * Stores the settings that pages need. WordPress loads them with all other options.
	 *
	 * @param string $api        Base address of the backend.
	 * @param string $script     Address of the loader.
	 * @param string $order_page Address of the order page.
	 * @param bool   $automatic  True if the element is shown below the order's table.
	 */
	public static function store( string $api, string $script, string $order_page, bool $automatic ): void {
		update_option( self::API, $api );
		update_option( self::SCRIPT, $script );
		update_option( self::ORDER_PAGE, $order_page );
		update_option( self::AUTOMATIC, $automatic ? 'yes' : 'no' );
	}

	/**
	 * Stores the admin key, or deletes it if it is empty. The key is not loaded with the other options, so it is in no cache of them.
	 *
	 * @param string $key The admin key.
	 */
	public static function store_admin_key( string $key ): void {
		if ( '' === $key ) {
			delete_option( self::ADMIN_KEY );
			return;
		}
		update_option( self::ADMIN_KEY, $key, false );
	}

	/**
	 * Returns an address as it is stored, or null if it is not usable: it must be absolute, with `https`, or with `http` on this machine.
	 * The fragment is removed. An empty address is usable and means that there is none.
	 *
	 * @param string $address The address as it was typed.
	 */
	public static function usable_address( string $address ): ?string {
		$address = trim( $address );
		if ( '' === $address ) {
			return '';
		}
		$address = (string) strtok( $address, '#' );
		$parts   = wp_parse_url( $address );
		$scheme  = is_array( $parts ) ? strtolower( $parts['scheme'] ?? '' ) : '';
		$host    = is_array( $parts ) ? $parts['host'] ?? '' : '';
		$local   = in_array( $host, array( 'localhost', '127.0.0.1', '[::1]' ), true );
		if ( '' === $host || isset( $parts['user'] ) || ! ( 'https' === $scheme || ( 'http' === $scheme && $local ) ) ) {
			return null;
		}
		$clean = sanitize_url( $address, array( 'https', 'http' ) );
		return $clean === $address ? $clean : null;
	}

	/**
	 * Returns true for a key that can be sent in a header: visible ASCII without spaces, at most 512 bytes.
	 *
	 * @param string $key The admin key.
	 */
	public static function is_usable_key( string $key ): bool {
		return 1 === preg_match( '/\A[\x21-\x7E]{1,512}\z/', $key );
	}

	/**
	 * Returns an option as text. A value of another type is an empty string.
	 *
	 * @param string $name Name of the option.
	 */
	private static function text( string $name ): string {
		$value = get_option( $name, '' );
		return is_string( $value ) ? $value : '';
	}
}
