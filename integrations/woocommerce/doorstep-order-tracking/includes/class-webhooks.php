<?php
/**
 * The webhooks that give orders to the backend.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Creates the webhooks of WooCommerce for the backend.
 */
final class Webhooks {
	const TOPICS = array( 'order.created', 'order.updated', 'order.deleted', 'order.restored' );

	/**
	 * Returns the address at which the backend takes them.
	 */
	public static function address(): string {
		return Settings::api() . '/v1/webhooks/woocommerce';
	}

	/**
	 * Creates the webhook of each topic. One that exists already for this address gets the secret and is active again.
	 *
	 * @param string $secret The secret with which WooCommerce signs. It is stored with the webhooks only.
	 */
	public static function create( string $secret ): void {
		$address  = self::address();
		$existing = self::existing( $address );
		foreach ( self::TOPICS as $topic ) {
			$webhook = $existing[ $topic ] ?? new \WC_Webhook();
			$webhook->set_name( 'Doorstep: ' . $topic );
			$webhook->set_topic( $topic );
			$webhook->set_delivery_url( $address );
			$webhook->set_secret( $secret );
			$webhook->set_api_version( 'wp_api_v3' );
			$webhook->set_user_id( get_current_user_id() );
			$webhook->set_status( 'active' );
			$webhook->set_pending_delivery( false );
			$webhook->save();
		}
	}

	/**
	 * Returns the webhooks that lead to an address, by topic.
	 *
	 * @param string $address The address.
	 */
	private static function existing( string $address ): array {
		$found = array();
		foreach ( \WC_Data_Store::load( 'webhook' )->search_webhooks( array( 'limit' => -1 ) ) as $id ) {
			$webhook = wc_get_webhook( $id );
			if ( $webhook && $webhook->get_delivery_url() === $address ) {
				$found[ $webhook->get_topic() ] = $webhook;
			}
		}
		return $found;
	}
}
