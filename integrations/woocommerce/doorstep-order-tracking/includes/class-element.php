<?php
/**
 * The element in pages.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Renders `<doorstep-tracker>` for the block, for the short code and below the order's table.
 */
final class Element {
	const SHORT_CODE = 'doorstep_tracking';
	const SCRIPT     = 'doorstep-order-tracking';

	/**
	 * Registers the block, the short code and the translations.
	 */
	public static function register(): void {
		load_plugin_textdomain( 'doorstep-order-tracking', false, basename( dirname( __DIR__ ) ) . '/languages' );
		register_block_type( dirname( __DIR__ ) . '/block', array( 'render_callback' => array( self::class, 'render' ) ) );
		add_shortcode( self::SHORT_CODE, array( self::class, 'render' ) );
	}

	/**
	 * Returns the element for the order of the page, or the element with the look-up. Without settings, returns a notice for those who
	 * can change them, and nothing for everybody else.
	 */
	public static function render(): string {
		if ( '' === Settings::api() || '' === Settings::script() ) {
			$notice = __( 'Order tracking is not set up: see WooCommerce, Order tracking.', 'doorstep-order-tracking' );
			return current_user_can( 'manage_woocommerce' ) ? '<p>' . esc_html( $notice ) . '</p>' : '';
		}
		wp_enqueue_script(
			self::SCRIPT,
			sanitize_url( Settings::script() ),
			array(),
			// The loader's address has no version parameter: one would bypass the cache of its host.
			null, // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
			array(
				'strategy'  => 'defer',
				'in_footer' => true,
			)
		);
		return self::html( Current_Order::find() );
	}

	/**
	 * Prints the element below the table of an order that the visitor may see. Prints nothing if the setting is off, or on other pages
	 * that have such a table.
	 */
	public static function print_below_order(): void {
		if ( Settings::is_automatic() && null !== Current_Order::find() ) {
			echo self::render(); // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- Escaped where it is built.
		}
	}

	/**
	 * Returns the markup of the element.
	 *
	 * @param \WC_Order|null $order The order, which the visitor may see; null for the look-up.
	 */
	private static function html( ?\WC_Order $order ): string {
		$api   = esc_url( Settings::api(), array( 'https', 'http' ) );
		$token = null === $order ? '' : Tokens::of( $order, Tokens::REST_ON_PAGE );
		if ( null === $order || '' === $token ) {
			$lookup = sprintf( '<doorstep-tracker api="%s"></doorstep-tracker>', $api );
			if ( null === $order ) {
				return $lookup;
			}
			$notice = __(
				'The tracking of this order is not available yet. It can take some minutes after the purchase.',
				'doorstep-order-tracking'
			);
			return '<p>' . esc_html( $notice ) . '</p>' . $lookup;
		}
		self::forbid_caching();
		return sprintf(
			'<doorstep-tracker api="%s" order="%s" token="%s"></doorstep-tracker>',
			$api,
			esc_attr( Tokens::public_id( $order ) ),
			esc_attr( $token )
		);
	}

	/**
	 * Keeps a page with a token out of page caches and of the browser's cache.
	 */
	private static function forbid_caching(): void {
		wc_maybe_define_constant( 'DONOTCACHEPAGE', true );
		if ( ! headers_sent() ) {
			nocache_headers();
		}
	}
}
