<?php
/**
 * WooCommerce's own fulfilments.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Adds the fulfilments of an order to its webhooks. WooCommerce has them since 10.1, but not as a part of the order.
 */
final class Fulfilments {
	/**
	 * Returns the body of a webhook with the member `fulfillments`, if it is an order for the backend and WooCommerce has fulfilments. They
	 * are read as the user of the webhook: WooCommerce has gone back to the user of the process, which is nobody, before this filter.
	 *
	 * @param mixed  $payload    Body of the webhook.
	 * @param string $resource   Kind of the body, such as `order`.
	 * @param int    $id         Id of the order.
	 * @param int    $webhook_id Id of the webhook.
	 */
	public static function add( $payload, $resource, $id, $webhook_id ) {
		if ( 'order' !== $resource || ! is_array( $payload ) || ! isset( $payload['line_items'] ) ) {
			return $payload;
		}
		$webhook = wc_get_webhook( $webhook_id );
		if ( ! $webhook || $webhook->get_delivery_url() !== Webhooks::address() ) {
			return $payload;
		}
		$before = get_current_user_id();
		wp_set_current_user( $webhook->get_user_id() );
		try {
			$response = rest_do_request( new \WP_REST_Request( 'GET', '/wc/v3/orders/' . absint( $id ) . '/fulfillments' ) );
		} finally {
			wp_set_current_user( $before );
		}
		if ( ! $response->is_error() && is_array( $response->get_data() ) ) {
			$payload['fulfillments'] = array_values( $response->get_data() );
		}
		return $payload;
	}
}
