<?php
/**
 * Removes everything that the plugin stored: options and tokens. WordPress runs it when the plugin is deleted. The webhooks stay, because
 * they belong to WooCommerce.
 *
 * @package Doorstep\OrderTracking
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Removes options, the transient and the meta data of orders from the current site. The meta data is removed from WooCommerce's order
 * tables and from the posts, whichever the shop uses.
 */
function doorstep_order_tracking_uninstall(): void {
	global $wpdb;
	foreach ( array( 'api', 'script', 'admin_key', 'order_page', 'automatic' ) as $name ) {
		delete_option( 'doorstep_order_tracking_' . $name );
	}
	delete_transient( 'doorstep_order_tracking_pause' );
	delete_metadata( 'post', 0, '_doorstep_order_tracking_token', '', true );
	$table = $wpdb->prefix . 'wc_orders_meta';
	// phpcs:disable WordPress.DB -- WooCommerce may be inactive, so its functions cannot be used.
	if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) === $table ) {
		$wpdb->delete( $table, array( 'meta_key' => '_doorstep_order_tracking_token' ) );
	}
	// phpcs:enable
}

if ( is_multisite() ) {
	$doorstep_sites = get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	);
	foreach ( $doorstep_sites as $doorstep_site ) {
		switch_to_blog( $doorstep_site );
		doorstep_order_tracking_uninstall();
		restore_current_blog();
	}
} else {
	doorstep_order_tracking_uninstall();
}
