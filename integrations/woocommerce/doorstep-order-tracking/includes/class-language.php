<?php
/**
 * The language of an order.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Finds the language in which an order was placed.
 */
final class Language {
	/** Meta data in which translation plugins store it. The backend reads it from the same. */
	const META = array( 'wpml_language', 'trp_language', '_locale', 'locale' );

	/**
	 * Returns the installed WordPress locale for the language of an order, or an empty string. `de` and `de-DE` find `de_DE`, or another
	 * installed German.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function locale( \WC_Order $order ): string {
		$installed = array_merge( array( 'en_US' ), get_available_languages() );
		foreach ( self::META as $key ) {
			$wanted = $order->get_meta( $key );
			if ( ! is_string( $wanted ) || 1 !== preg_match( '/\A[A-Za-z]{2,3}([_-][A-Za-z0-9]+)*\z/', $wanted ) ) {
				continue;
			}
			$wanted = str_replace( '-', '_', $wanted );
			foreach ( array( $wanted, strtok( $wanted, '_' ) . '_' . strtoupper( strtok( $wanted, '_' ) ) ) as $exact ) {
				if ( in_array( $exact, $installed, true ) ) {
					return $exact;
				}
			}
			foreach ( $installed as $locale ) {
				if ( strtok( $locale, '_' ) === strtok( $wanted, '_' ) ) {
					return $locale;
				}
			}
		}
		return '';
	}
}
