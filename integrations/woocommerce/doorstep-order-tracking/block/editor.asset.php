<?php
/**
 * Scripts of WordPress that `editor.js` needs, and the version of the file.
 *
 * @package Doorstep\OrderTracking
 */

return array(
	'dependencies' => array( 'wp-blocks', 'wp-element', 'wp-block-editor' ),
	'version'      => '0.1.0',
);
