<?php
/**
 * The state behind the stand-ins of WordPress and WooCommerce: a shop with a visitor, a page, and a backend that answers.
 */

/**
 * State of one test. `begin` resets it.
 */
final class World {
	const NOW   = 1800000000;
	const TOKEN = 'AwAAAABp.first-token_1';

	public static int $now;
	public static array $hooks;
	public static array $options;
	/** Names of options that WordPress does not load with the others. */
	public static array $not_autoloaded;
	public static array $transients;
	public static array $orders;
	/** Order of the page by the name of its endpoint, such as `view-order`. */
	public static array $endpoint;
	public static int $user;
	public static array $capabilities;
	/** Requests to the backend, and the answers that it gives; the last one is repeated. */
	public static array $requests;
	public static array $answers;
	public static array $scripts;
	public static array $blocks;
	public static array $short_codes;
	public static array $webhooks;
	public static array $log;
	public static string $locale;
	public static array $locales_before;
	public static array $languages;
	public static bool $asks_for_email;
	public static array $deleted;
	/** False if the page has the headers that forbid caching. */
	public static bool $cached;
	/** Fulfilments of every order, null if WooCommerce has none. */
	public static ?array $fulfilments;

	/**
	 * Starts a test: the plugin is set up, order 1042 belongs to customer 7, order 1043 to a guest, and nobody is signed in.
	 */
	public static function begin(): void {
		self::$now     = self::NOW;
		self::$hooks   = array();
		self::$options = array(
			'doorstep_order_tracking_api'        => 'https://orders.example.com/api',
			'doorstep_order_tracking_script'     => 'https://widgets.example.com/embed/v1/doorstep.js',
			'doorstep_order_tracking_admin_key'  => 'secret-admin-key',
			'doorstep_order_tracking_order_page' => 'https://shop.example.com/track/',
		);
		self::$not_autoloaded = array();
		self::$transients     = array();
		self::$orders         = array(
			1042 => new WC_Order( 1042, 7, 'wc_order_of_a_customer' ),
			1043 => new WC_Order( 1043, 0, 'wc_order_of_a_guest' ),
		);
		self::$endpoint       = array();
		self::$user           = 0;
		self::$capabilities   = array();
		self::$requests       = array();
		self::$answers        = array( self::answer( 200, self::minted( self::TOKEN ) ) );
		self::$scripts        = array();
		self::$blocks         = array();
		self::$short_codes    = array();
		self::$webhooks       = array();
		self::$log            = array();
		self::$locale         = 'en_US';
		self::$locales_before = array();
		self::$languages      = array( 'de_DE', 'fr_FR' );
		self::$asks_for_email = false;
		self::$deleted        = array();
		self::$cached         = true;
		self::$fulfilments    = null;
		$_GET                 = array();
		$_POST                = array();
		$_REQUEST             = array();
	}

	/**
	 * Returns the body with which the backend answers, with a token that expires in 30 days.
	 */
	public static function minted( string $token, int $life = 30 * 86400 ): string {
		return json_encode(
			array(
				'token'      => $token,
				'expires_at' => gmdate( 'Y-m-d\TH:i:s\Z', self::$now + $life ),
				'url'        => '/#doorstep=woocommerce-1042/' . $token,
			)
		);
	}

	/**
	 * Returns an answer in the form of `wp_remote_post`.
	 */
	public static function answer( int $status, string $body = '{}' ): array {
		return array(
			'response' => array( 'code' => $status ),
			'body'     => $body,
		);
	}

	/**
	 * Opens the account page of an order as a user; 0 is a visitor who is not signed in.
	 */
	public static function view_order( int $order, int $user ): void {
		self::$endpoint = array( 'view-order' => (string) $order );
		self::$user     = $user;
	}

	/**
	 * Opens the page after the checkout with a key.
	 */
	public static function order_received( int $order, string $key, int $user = 0 ): void {
		self::$endpoint = array( 'order-received' => (string) $order );
		self::$user     = $user;
		$_GET           = array( 'key' => $key );
	}
}
