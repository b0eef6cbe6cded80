<?php
/**
 * Plugin Name: Doorstep Order Tracking
 * Description: Shows shoppers where their order is, on order pages and by a link in order mails.
 * Version: 0.1.0
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * WC requires at least: 8.4
 * License: GPL-2.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain: doorstep-order-tracking
 * Domain Path: /languages
 *
 * @package Doorstep\OrderTracking
 */

namespace Doorstep\OrderTracking;

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/includes/class-settings.php';
require_once __DIR__ . '/includes/class-tokens.php';
require_once __DIR__ . '/includes/class-current-order.php';
require_once __DIR__ . '/includes/class-element.php';
require_once __DIR__ . '/includes/class-language.php';
require_once __DIR__ . '/includes/class-mails.php';
require_once __DIR__ . '/includes/class-webhooks.php';
require_once __DIR__ . '/includes/class-fulfilments.php';
require_once __DIR__ . '/includes/class-settings-page.php';

/**
 * Declares that the plugin works with WooCommerce's order tables (HPOS) and with the blocks of the checkout.
 */
function declare_compatibility(): void {
	if ( class_exists( \Automattic\WooCommerce\Utilities\FeaturesUtil::class ) ) {
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', __FILE__, true );
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', __FILE__, true );
	}
}

/**
 * Registers everything that the plugin adds. Without WooCommerce, registers nothing.
 */
function start(): void {
	if ( ! class_exists( \WooCommerce::class ) ) {
		return;
	}
	add_action( 'init', array( Element::class, 'register' ) );
	add_action( 'woocommerce_order_details_after_order_table', array( Element::class, 'print_below_order' ) );
	add_action( 'woocommerce_email_after_order_table', array( Mails::class, 'print_link' ), 10, 3 );
	add_filter( 'woocommerce_rest_prepare_shop_order_object', array( Tokens::class, 'hide_from_rest' ) );
	add_filter( 'woocommerce_webhook_payload', array( Fulfilments::class, 'add' ), 10, 4 );
	add_action( 'admin_menu', array( Settings_Page::class, 'register' ) );
	add_action( 'admin_post_' . Settings_Page::SAVE, array( Settings_Page::class, 'save' ) );
	add_action( 'admin_post_' . Settings_Page::CREATE_WEBHOOKS, array( Settings_Page::class, 'create_webhooks' ) );
}

add_action( 'before_woocommerce_init', __NAMESPACE__ . '\declare_compatibility' );
add_action( 'plugins_loaded', __NAMESPACE__ . '\start' );
