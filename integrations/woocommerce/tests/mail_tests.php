<?php
/**
 * The link in order mails.
 */

/** Returns the text that the plugin adds to a mail about order 1042. */
function mail_text( bool $plain, bool $to_the_shop = false ): string {
	World::$hooks = array();
	\Doorstep\OrderTracking\start();
	$order = World::$orders[1042];
	return printed( static fn () => do_action( 'woocommerce_email_after_order_table', $order, $to_the_shop, $plain, null ) );
}

const LINK = 'https://shop.example.com/track/#doorstep=woocommerce-1042/' . World::TOKEN;

function test_a_mail_has_a_link_that_opens_the_order(): void {
	is_same( '<p><a href="' . LINK . '">Track your order</a></p>', mail_text( false ) );
}

function test_a_mail_in_plain_text_has_the_address(): void {
	World::$options['doorstep_order_tracking_order_page'] = 'https://shop.example.com/?page_id=5&lang=de';
	$fragment = '#doorstep=woocommerce-1042/' . World::TOKEN;
	is_same( "\nTrack your order: https://shop.example.com/?page_id=5&lang=de$fragment\n\n", mail_text( true ) );
	contains( 'page_id=5&#038;lang=de#doorstep', mail_text( false ) );
}

function test_the_link_is_in_the_language_of_the_order(): void {
	$languages = array(
		'de_DE' => 'Bestellung verfolgen',
		'de'    => 'Bestellung verfolgen',
		'de-AT' => 'Bestellung verfolgen',
		'fr'    => 'Track your order',
		'xx'    => 'Track your order',
		'../de' => 'Track your order',
	);
	foreach ( $languages as $language => $label ) {
		World::$orders[1042]->meta['wpml_language'] = $language;
		contains( ">$label<", mail_text( false ) );
		contains( "$label: https", mail_text( true ) );
		is_same( 'en_US', World::$locale );
	}
}

function test_a_mail_without_a_token_leads_to_the_look_up(): void {
	World::$answers = array( World::answer( 404 ) );
	is_same( '<p><a href="https://shop.example.com/track/">Track your order</a></p>', mail_text( false ) );
}

function test_a_token_that_ends_soon_is_not_sent_by_mail(): void {
	mail_text( false );
	World::$now    += 6 * 86400;
	World::$answers = array( World::answer( 200, World::minted( 'fresh' ) ) );
	contains( '/fresh"', mail_text( false ) );
}

function test_a_mail_to_the_shop_and_a_shop_without_order_page_have_no_link(): void {
	is_same( '', mail_text( false, true ) );
	World::$options['doorstep_order_tracking_order_page'] = '';
	is_same( '', mail_text( true ) );
	is_same( array(), World::$requests );
}

function test_a_hostile_address_of_the_order_page_stays_in_its_attribute(): void {
	World::$options['doorstep_order_tracking_order_page'] = 'https://shop.example.com/"><img src=x>';
	is_same( 4, substr_count( mail_text( false ), '<' ) );
	World::$options['doorstep_order_tracking_order_page'] = "https://shop.example.com/\nBcc: ada@example.com";
	is_same( 3, substr_count( mail_text( true ), "\n" ) );
}
