<?php
/**
 * German translation in the form that WordPress loads. A test compares it with the file `.po`.
 *
 * @package Doorstep\OrderTracking
 */

return array(
	'language' => 'de_DE',
	'messages' => array(
		'Order tracking'
			=> 'Sendungsverfolgung',
		'Order tracking is not set up: see WooCommerce, Order tracking.'
			=> 'Die Sendungsverfolgung ist nicht eingerichtet: siehe WooCommerce, Sendungsverfolgung.',
		'The tracking of this order is not available yet. It can take some minutes after the purchase.'
			=> 'Die Sendungsverfolgung zu dieser Bestellung ist noch nicht verfügbar. Das kann nach dem Kauf einige Minuten dauern.',
		'Track your order'
			=> 'Bestellung verfolgen',
		'Address of the backend'
			=> 'Adresse des Backends',
		'Address of doorstep.js'
			=> 'Adresse von doorstep.js',
		'Order page, for the link in mails'
			=> 'Bestellseite, für den Link in E-Mails',
		'New admin key (one is stored)'
			=> 'Neuer Admin-Schlüssel (einer ist gespeichert)',
		'Admin key'
			=> 'Admin-Schlüssel',
		'Delete the stored admin key'
			=> 'Gespeicherten Admin-Schlüssel löschen',
		'Show the tracking below the order table'
			=> 'Sendungsverfolgung unter der Bestelltabelle zeigen',
		'Save'
			=> 'Speichern',
		'Webhooks'
			=> 'Webhooks',
		'Webhooks give the orders to the backend. The secret is the one that the backend was started with.'
			=> 'Webhooks geben die Bestellungen an das Backend. Das Geheimnis ist das, mit dem das Backend gestartet wurde.',
		'Secret'
			=> 'Geheimnis',
		'Create webhooks'
			=> 'Webhooks anlegen',
		'You may not change these settings.'
			=> 'Diese Einstellungen dürfen nicht geändert werden.',
		'Saved.'
			=> 'Gespeichert.',
		'The webhooks are active.'
			=> 'Die Webhooks sind aktiv.',
		'Nothing was saved: an address must begin with https://.'
			=> 'Nichts wurde gespeichert: Eine Adresse muss mit https:// beginnen.',
		'Nothing was saved: the admin key has spaces or unusual characters.'
			=> 'Nichts wurde gespeichert: Der Admin-Schlüssel enthält Leerzeichen oder ungewöhnliche Zeichen.',
		'No webhooks were created: address of the backend and secret are needed.'
			=> 'Keine Webhooks wurden angelegt: Adresse des Backends und Geheimnis werden gebraucht.',
		"block title\4Order tracking"
			=> 'Sendungsverfolgung',
		"block description\4The tracking of the order that the page shows, or the look-up of an order."
			=> 'Die Verfolgung der Bestellung, die die Seite zeigt, oder die Suche nach einer Bestellung.',
	),
);
