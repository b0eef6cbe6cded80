<?php
/**
 * The files of the plugin: removal, translations, and a direct request of a file.
 */

const PLUGIN = __DIR__ . '/../doorstep-order-tracking/';

function test_the_removal_deletes_options_and_tokens_in_both_stores_of_orders(): void {
	World::$options['another_plugin'] = 'kept';
	World::$options['doorstep_order_tracking_automatic'] = 'no';
	set_transient( 'doorstep_order_tracking_pause', 1, 60 );
	define( 'WP_UNINSTALL_PLUGIN', 'doorstep-order-tracking/doorstep-order-tracking.php' );
	require PLUGIN . 'uninstall.php';
	is_same( array( 'another_plugin' => 'kept' ), World::$options );
	is_same( array(), World::$transients );
	$key = \Doorstep\OrderTracking\Tokens::META;
	is_same( array( array( 'post', $key, true ), array( 'shop_wc_orders_meta', $key, true ) ), World::$deleted );
}

/** Returns the translations of a `.po` file with one line for each text. The key of a text with a context begins with it. */
function po_messages( string $file ): array {
	$messages = array();
	foreach ( explode( "\n\n", trim( file_get_contents( $file ) ) ) as $entry ) {
		preg_match( '/^(?:msgctxt "(.*)"\n)?msgid "(.+)"\nmsgstr "(.+)"$/', $entry, $found );
		if ( $found ) {
			$messages[ ( '' === $found[1] ? '' : $found[1] . "\4" ) . $found[2] ] = $found[3];
		}
	}
	return $messages;
}

function test_every_text_is_translated_into_german_and_both_files_agree(): void {
	$german = ( require PLUGIN . 'languages/doorstep-order-tracking-de_DE.l10n.php' )['messages'];
	is_same( po_messages( PLUGIN . 'languages/doorstep-order-tracking-de_DE.po' ), $german );
	is_same( $german, ( require PLUGIN . 'languages/doorstep-order-tracking-de_DE_formal.l10n.php' )['messages'] );

	$block = json_decode( file_get_contents( PLUGIN . 'block/block.json' ), true );
	$used  = array( "block title\4" . $block['title'], "block description\4" . $block['description'] );
	foreach ( glob( PLUGIN . 'includes/*.php' ) as $file ) {
		preg_match_all( '/__\(\s*\'(.+?)\',\s*\'doorstep-order-tracking\'\s*\)/', file_get_contents( $file ), $found );
		$used = array_merge( $used, $found[1] );
	}
	$texts = array_keys( $german );
	$used  = array_unique( $used );
	sort( $used );
	sort( $texts );
	is_same( $used, $texts );
}

function test_a_file_that_is_requested_directly_does_nothing(): void {
	foreach ( array_merge( glob( PLUGIN . '*.php' ), glob( PLUGIN . 'includes/*.php' ) ) as $file ) {
		$output = array();
		exec( escapeshellarg( PHP_BINARY ) . ' ' . escapeshellarg( $file ) . ' 2>&1', $output, $code );
		is_same( array( array(), 0 ), array( $output, $code ) );
	}
}

function test_header_and_readme_name_the_same_version_and_licence(): void {
	$header = file_get_contents( PLUGIN . 'doorstep-order-tracking.php' );
	$readme = file_get_contents( PLUGIN . 'readme.txt' );
	preg_match( '/^ \* Version: (.+)$/m', $header, $version );
	contains( "Stable tag: $version[1]\n", $readme );
	foreach ( array( 'License: GPL-2.0-or-later', 'Requires at least: 6.5', 'Requires PHP: 7.4' ) as $line ) {
		contains( $line, $header );
		contains( $line, $readme );
	}
}
