<?php
/**
 * The order of the page.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Finds the order that the page shows. Its checks are those with which WooCommerce decides whether it shows the order itself.
 */
final class Current_Order {
	/**
	 * Returns the order of the page "order received" or "view order" if the visitor may see it, else null.
	 */
	public static function find(): ?\WC_Order {
		if ( is_wc_endpoint_url( 'view-order' ) ) {
			return self::viewed( absint( get_query_var( 'view-order' ) ) );
		}
		if ( is_wc_endpoint_url( 'order-received' ) ) {
			return self::received( absint( get_query_var( 'order-received' ) ) );
		}
		return null;
	}

	/**
	 * Returns the order of an account page if it belongs to the signed-in customer.
	 *
	 * @param int $id Id of the order.
	 */
	private static function viewed( int $id ): ?\WC_Order {
		$order = 0 < $id && is_user_logged_in() ? wc_get_order( $id ) : null;
		return $order instanceof \WC_Order && current_user_can( 'view_order', $id ) ? $order : null;
	}

	/**
	 * Returns the order of the page after the checkout if its key is in the address. An order with an account needs its customer to be
	 * signed in. For an order without one, WooCommerce may ask for the e-mail address first.
	 *
	 * @param int $id Id of the order.
	 */
	private static function received( int $id ): ?\WC_Order {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- The key itself is the proof; links in mails have no nonce.
		$given = isset( $_GET['key'] ) && is_string( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : '';
		// phpcs:enable
		$id    = absint( apply_filters( 'woocommerce_thankyou_order_id', $id ) );
		$given = apply_filters( 'woocommerce_thankyou_order_key', $given );
		$order = 0 < $id ? wc_get_order( $id ) : null;
		if ( ! $order instanceof \WC_Order || ! is_string( $given ) || '' === $given ) {
			return null;
		}
		if ( ! hash_equals( (string) $order->get_order_key(), $given ) ) {
			return null;
		}
		$customer = (int) $order->get_customer_id();
		if ( 0 < $customer ) {
			$verified = get_current_user_id() === $customer || ! apply_filters( 'woocommerce_order_received_verify_known_shoppers', true );
			return $verified ? $order : null;
		}
		return self::must_verify_email( $id ) ? null : $order;
	}

	/**
	 * Returns true if WooCommerce wants the e-mail address of a guest before it shows the order. Also returns true if WooCommerce has no
	 * such check any more where this version expects it.
	 *
	 * @param int $id Id of the order.
	 */
	private static function must_verify_email( int $id ): bool {
		$check = array( 'Automattic\WooCommerce\Internal\Utilities\Users', 'should_user_verify_order_email' );
		if ( ! is_callable( $check ) ) {
			return true;
		}
		$nonce = isset( $_POST['check_submission'] ) && is_string( $_POST['check_submission'] )
			? sanitize_text_field( wp_unslash( $_POST['check_submission'] ) ) : '';
		$email = null;
		if ( isset( $_POST['email'] ) && is_string( $_POST['email'] ) && wp_verify_nonce( $nonce, 'wc_verify_email' ) ) {
			$email = sanitize_email( wp_unslash( $_POST['email'] ) );
		}
		return (bool) call_user_func( $check, $id, $email, 'order-received' );
	}
}
