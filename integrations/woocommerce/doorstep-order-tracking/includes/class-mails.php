<?php
/**
 * The link in order mails.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Prints the link to the order page below the order's table in mails to shoppers.
 */
final class Mails {
	/**
	 * Prints the link as HTML or as plain text, in the language of the order. Mails to the shop get none, because they are passed on.
	 *
	 * @param \WC_Order $order         The order.
	 * @param bool      $sent_to_admin True for mails to the shop.
	 * @param bool      $plain_text    True for plain text.
	 */
	public static function print_link( $order, $sent_to_admin = false, $plain_text = false ): void {
		if ( $sent_to_admin || ! $order instanceof \WC_Order || '' === Settings::order_page() ) {
			return;
		}
		$address  = self::address( $order );
		$locale   = Language::locale( $order );
		$switched = '' !== $locale && switch_to_locale( $locale );
		$label    = __( 'Track your order', 'doorstep-order-tracking' );
		if ( $switched ) {
			restore_previous_locale();
		}
		if ( $plain_text ) {
			// Plain text has no markup to escape for; both values are reduced to one line.
			$line = sanitize_text_field( $label ) . ': ' . sanitize_url( $address, array( 'https', 'http' ) );
			echo "\n" . $line . "\n\n"; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped
			return;
		}
		printf( '<p><a href="%s">%s</a></p>', esc_url( $address, array( 'https', 'http' ) ), esc_html( $label ) );
	}

	/**
	 * Returns the address of the order page. The token is in the fragment, which browsers send to no server. Without a token, the page
	 * shows its look-up.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function address( \WC_Order $order ): string {
		$token = Tokens::of( $order, Tokens::REST_IN_MAIL );
		if ( '' === $token ) {
			return Settings::order_page();
		}
		$fragment = rawurlencode( Tokens::public_id( $order ) ) . '/' . rawurlencode( $token );
		return Settings::order_page() . '#doorstep=' . $fragment;
	}
}
