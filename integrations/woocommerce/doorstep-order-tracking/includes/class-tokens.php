<?php
/**
 * Capability tokens of orders.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Mints tokens with the admin key and keeps them in the meta data of their order.
 */
final class Tokens {
	const META = '_doorstep_order_tracking_token';

	/** Transient that is set while the backend is not asked, after it has not answered as it should. */
	const PAUSE = 'doorstep_order_tracking_pause';

	/** Seconds until a new token expires. */
	const LIFE = 30 * DAY_IN_SECONDS;

	/** Seconds that a token of a page must still be valid. */
	const REST_ON_PAGE = HOUR_IN_SECONDS;

	/** Seconds that a token of a mail must still be valid. Mails are opened later than pages. */
	const REST_IN_MAIL = 25 * DAY_IN_SECONDS;

	/** Seconds until a request to the backend is given up. The shopper's page waits for it. */
	const TIMEOUT = 3;

	/** Refusals that concern one order: the backend does not have it yet, or has erased it. */
	const NO_SUCH_ORDER = array( 'unknown-order', 'order-erased' );

	/** Seconds for which the backend is not asked after a failure. */
	const PAUSE_SECONDS = 60;

	/**
	 * Returns the id that an order of this shop has in the backend.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function public_id( \WC_Order $order ): string {
		return 'woocommerce-' . absint( $order->get_id() );
	}

	/**
	 * Returns a token for an order: the stored one if it is valid for long enough, else a new one. Returns an empty string if there is
	 * none, for example because the backend does not know the order yet.
	 *
	 * @param \WC_Order $order The order. The caller has checked that the reader may see it.
	 * @param int       $rest  Seconds that the token must still be valid.
	 */
	public static function of( \WC_Order $order, int $rest ): string {
		$api    = Settings::api();
		$stored = $order->get_meta( self::META );
		$valid  = is_array( $stored ) && self::is_token( $stored['token'] ?? null ) && ( $stored['api'] ?? null ) === $api;
		if ( $valid && (int) ( $stored['expires_at'] ?? 0 ) > time() + $rest ) {
			return $stored['token'];
		}
		$minted = self::mint( $order );
		if ( null === $minted ) {
			return '';
		}
		$order->update_meta_data( self::META, array( 'api' => $api ) + $minted );
		$order->save_meta_data();
		return $minted['token'];
	}

	/**
	 * Removes the token from an order that WooCommerce sends by its REST API or by a webhook.
	 *
	 * @param \WP_REST_Response $response The answer with the order.
	 */
	public static function hide_from_rest( $response ) {
		if ( ! isset( $response->data['meta_data'] ) || ! is_array( $response->data['meta_data'] ) ) {
			return $response;
		}
		$is_other = static function ( $meta ): bool {
			$data = $meta instanceof \WC_Meta_Data ? $meta->get_data() : (array) $meta;
			return self::META !== ( $data['key'] ?? null );
		};

		$response->data['meta_data'] = array_values( array_filter( $response->data['meta_data'], $is_other ) );
		return $response;
	}

	/**
	 * Requests a token from the backend. Returns it with its expiry time in Unix seconds, or null on any failure. An order that the
	 * backend does not have is expected until its webhook was delivered. After every other failure the backend is not asked for a minute, so
	 * that a slow backend does not slow down each page of the shop.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function mint( \WC_Order $order ): ?array {
		$api = Settings::api();
		$key = Settings::admin_key();
		if ( '' === $api || ! Settings::is_usable_key( $key ) || get_transient( self::PAUSE ) ) {
			return null;
		}
		$id       = self::public_id( $order );
		$response = wp_remote_post(
			$api . '/v1/admin/orders/' . rawurlencode( $id ) . '/token',
			array(
				'timeout'             => self::TIMEOUT,
				// A redirect would send the admin key to another address.
				'redirection'         => 0,
				'limit_response_size' => 64 * KB_IN_BYTES,
				'headers'             => array(
					'Authorization'   => 'Bearer ' . $key,
					'Content-Type'    => 'application/json',
					// Each request has a key of its own: a repeated key would return a token that was revoked meanwhile.
					'Idempotency-Key' => $id . '-token-' . wp_generate_uuid4(),
				),
				'body'                => wp_json_encode(
					array(
						'scopes'       => array( 'read', 'act' ),
						'expires_in_s' => self::LIFE,
					)
				),
			)
		);
		$status   = is_wp_error( $response ) ? 0 : (int) wp_remote_retrieve_response_code( $response );
		$json     = is_wp_error( $response ) ? null : json_decode( wp_remote_retrieve_body( $response ), true );
		$json     = is_array( $json ) ? $json : array();
		$minted   = 200 === $status ? self::read( $json ) : null;
		if ( null === $minted && ! in_array( $json['code'] ?? null, self::NO_SUCH_ORDER, true ) ) {
			set_transient( self::PAUSE, 1, self::PAUSE_SECONDS );
			$reason = is_wp_error( $response ) ? $response->get_error_message() : 'status ' . $status;
			wc_get_logger()->warning( 'No token for ' . $id . ': ' . $reason, array( 'source' => 'doorstep-order-tracking' ) );
		}
		return $minted;
	}

	/**
	 * Reads the backend's answer. Returns the token with its expiry time, or null if they are missing or not usable.
	 *
	 * @param array $json The JSON of the answer.
	 */
	private static function read( array $json ): ?array {
		$token   = $json['token'] ?? null;
		$expires = is_string( $json['expires_at'] ?? null ) ? strtotime( $json['expires_at'] ) : false;
		if ( ! self::is_token( $token ) || false === $expires || $expires <= time() ) {
			return null;
		}
		return array(
			'token'      => $token,
			'expires_at' => $expires,
		);
	}

	/**
	 * Returns true for text with the characters of a token.
	 *
	 * @param mixed $value The value.
	 */
	private static function is_token( $value ): bool {
		return is_string( $value ) && 1 === preg_match( '/\A[A-Za-z0-9._~+\/=-]{1,4096}\z/', $value );
	}
}
