<?php
/**
 * The settings page.
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

/**
 * Shows the settings under WooCommerce, stores them, and creates the webhooks.
 */
final class Settings_Page {
	const SLUG            = 'doorstep-order-tracking';
	const CAPABILITY      = 'manage_woocommerce';
	const SAVE            = 'doorstep_order_tracking_save';
	const CREATE_WEBHOOKS = 'doorstep_order_tracking_create_webhooks';

	/**
	 * Adds the page to the menu of WooCommerce.
	 */
	public static function register(): void {
		$title = __( 'Order tracking', 'doorstep-order-tracking' );
		add_submenu_page( 'woocommerce', $title, $title, self::CAPABILITY, self::SLUG, array( self::class, 'show' ) );
	}

	/**
	 * Stores the settings. If one of them is not usable, stores none. An empty field keeps the stored admin key.
	 */
	public static function save(): void {
		self::check_request( self::SAVE );
		$api        = Settings::usable_address( self::posted( 'api' ) );
		$script     = Settings::usable_address( self::posted( 'script' ) );
		$order_page = Settings::usable_address( self::posted( 'order_page' ) );
		$key        = trim( self::posted( 'admin_key' ) );
		if ( null === $api || null === $script || null === $order_page || false !== strpos( $api, '?' ) ) {
			self::return_with( 'address' );
		}
		if ( '' !== $key && ! Settings::is_usable_key( $key ) ) {
			self::return_with( 'key' );
		}
		Settings::store( (string) $api, (string) $script, (string) $order_page, '1' === self::posted( 'automatic' ) );
		if ( '1' === self::posted( 'delete_admin_key' ) ) {
			Settings::store_admin_key( '' );
		} elseif ( '' !== $key ) {
			Settings::store_admin_key( $key );
		}
		delete_transient( Tokens::PAUSE );
		self::return_with( 'saved' );
	}

	/**
	 * Creates the webhooks with the secret that was typed.
	 */
	public static function create_webhooks(): void {
		self::check_request( self::CREATE_WEBHOOKS );
		$secret = trim( self::posted( 'secret' ) );
		if ( '' === Settings::api() || ! Settings::is_usable_key( $secret ) ) {
			self::return_with( 'secret' );
		}
		Webhooks::create( $secret );
		self::return_with( 'webhooks' );
	}

	/**
	 * Prints the page. The admin key is not part of it.
	 */
	public static function show(): void {
		if ( ! current_user_can( self::CAPABILITY ) ) {
			return;
		}
		$has_key = '' !== Settings::admin_key();
		echo '<div class="wrap"><h1>' . esc_html__( 'Order tracking', 'doorstep-order-tracking' ) . '</h1>';
		self::show_result();
		self::open_form( self::SAVE );
		self::field( 'api', 'url', __( 'Address of the backend', 'doorstep-order-tracking' ), Settings::api() );
		self::field( 'script', 'url', __( 'Address of doorstep.js', 'doorstep-order-tracking' ), Settings::script() );
		self::field( 'order_page', 'url', __( 'Order page, for the link in mails', 'doorstep-order-tracking' ), Settings::order_page() );
		$label = $has_key
			? __( 'New admin key (one is stored)', 'doorstep-order-tracking' )
			: __( 'Admin key', 'doorstep-order-tracking' );
		self::field( 'admin_key', 'password', $label, '' );
		if ( $has_key ) {
			self::choice( 'delete_admin_key', __( 'Delete the stored admin key', 'doorstep-order-tracking' ), false );
		}
		self::choice( 'automatic', __( 'Show the tracking below the order table', 'doorstep-order-tracking' ), Settings::is_automatic() );
		self::close_form( __( 'Save', 'doorstep-order-tracking' ) );

		echo '<h2>' . esc_html__( 'Webhooks', 'doorstep-order-tracking' ) . '</h2>';
		$text = __(
			'Webhooks give the orders to the backend. The secret is the one that the backend was started with.',
			'doorstep-order-tracking'
		);
		echo '<p>' . esc_html( $text ) . '</p>';
		self::open_form( self::CREATE_WEBHOOKS );
		self::field( 'secret', 'password', __( 'Secret', 'doorstep-order-tracking' ), '' );
		self::close_form( __( 'Create webhooks', 'doorstep-order-tracking' ) );
		echo '</div>';
	}

	/**
	 * Ends the request unless it has the nonce of its form and comes from a user who may change the settings.
	 *
	 * @param string $action Name of the action.
	 */
	private static function check_request( string $action ): void {
		if ( ! current_user_can( self::CAPABILITY ) ) {
			wp_die( esc_html__( 'You may not change these settings.', 'doorstep-order-tracking' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( $action );
	}

	/**
	 * Returns a field of the request as text without the slashes that WordPress adds. Called after `check_request` only.
	 *
	 * @param string $name Name of the field.
	 */
	private static function posted( string $name ): string {
		// phpcs:disable WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput.InputNotSanitized
		return isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) ? wp_unslash( $_POST[ $name ] ) : '';
		// phpcs:enable
	}

	/**
	 * Sends the browser back to the page and ends the request.
	 *
	 * @param string $result Key of the text that the page shows.
	 */
	private static function return_with( string $result ): void {
		$page = add_query_arg(
			array(
				'page'   => self::SLUG,
				'result' => $result,
			),
			admin_url( 'admin.php' )
		);
		wp_safe_redirect( $page );
		exit;
	}

	/**
	 * Prints the result of the last request, if there was one.
	 */
	private static function show_result(): void {
		$texts  = array(
			'saved'    => __( 'Saved.', 'doorstep-order-tracking' ),
			'webhooks' => __( 'The webhooks are active.', 'doorstep-order-tracking' ),
			'address'  => __( 'Nothing was saved: an address must begin with https://.', 'doorstep-order-tracking' ),
			'key'      => __( 'Nothing was saved: the admin key has spaces or unusual characters.', 'doorstep-order-tracking' ),
			'secret'   => __( 'No webhooks were created: address of the backend and secret are needed.', 'doorstep-order-tracking' ),
		);
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Chooses a text and changes nothing.
		$result = isset( $_GET['result'] ) && is_string( $_GET['result'] ) ? sanitize_key( wp_unslash( $_GET['result'] ) ) : '';
		if ( isset( $texts[ $result ] ) ) {
			$kind = in_array( $result, array( 'saved', 'webhooks' ), true ) ? 'success' : 'error';
			printf( '<div class="notice notice-%s"><p>%s</p></div>', esc_attr( $kind ), esc_html( $texts[ $result ] ) );
		}
	}

	/**
	 * Prints the beginning of a form with its nonce.
	 *
	 * @param string $action Name of the action.
	 */
	private static function open_form( string $action ): void {
		printf( '<form method="post" action="%s">', esc_url( admin_url( 'admin-post.php' ) ) );
		printf( '<input type="hidden" name="action" value="%s">', esc_attr( $action ) );
		wp_nonce_field( $action );
		echo '<table class="form-table" role="presentation"><tbody>';
	}

	/**
	 * Prints the end of a form.
	 *
	 * @param string $label Label of its button.
	 */
	private static function close_form( string $label ): void {
		printf( '</tbody></table><p><button class="button button-primary">%s</button></p></form>', esc_html( $label ) );
	}

	/**
	 * Prints a text field.
	 *
	 * @param string $name  Name of the field.
	 * @param string $type  `url` or `password`.
	 * @param string $label Label.
	 * @param string $value Stored value.
	 */
	private static function field( string $name, string $type, string $label, string $value ): void {
		printf(
			'<tr><th scope="row"><label for="%1$s">%3$s</label></th>'
			. '<td><input class="regular-text" id="%1$s" name="%1$s" type="%2$s" value="%4$s" autocomplete="%5$s"></td></tr>',
			esc_attr( $name ),
			esc_attr( $type ),
			esc_html( $label ),
			esc_attr( $value ),
			esc_attr( 'password' === $type ? 'new-password' : 'off' )
		);
	}

	/**
	 * Prints a check box.
	 *
	 * @param string $name    Name of the field.
	 * @param string $label   Label.
	 * @param bool   $checked True if it is checked.
	 */
	private static function choice( string $name, string $label, bool $checked ): void {
		printf(
			'<tr><th></th><td><label><input name="%s" type="checkbox" value="1"%s> %s</label></td></tr>',
			esc_attr( $name ),
			$checked ? ' checked' : '',
			esc_html( $label )
		);
	}
}
