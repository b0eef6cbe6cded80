<?php
/**
 * Checks of the tests, and the steps that many of them share.
 */

const LOOKUP = '<doorstep-tracker api="https://orders.example.com/api"></doorstep-tracker>';

function is_same( $expected, $actual ): void {
	if ( $expected !== $actual ) {
		throw new Exception( 'expected ' . var_export( $expected, true ) . ', got ' . var_export( $actual, true ) );
	}
}

function contains( string $part, string $whole ): void {
	if ( false === strpos( $whole, $part ) ) {
		throw new Exception( var_export( $part, true ) . ' is not in ' . var_export( $whole, true ) );
	}
}

function lacks( string $part, string $whole ): void {
	if ( false !== strpos( $whole, $part ) ) {
		throw new Exception( var_export( $part, true ) . ' is in ' . var_export( $whole, true ) );
	}
}

/** Returns the text that a function prints. */
function printed( callable $function ): string {
	ob_start();
	try {
		$function();
	} finally {
		$text = ob_get_clean();
	}
	return $text;
}

/** Returns the message of the exception with which a request ends. */
function ended( string $exception, callable $request ): string {
	try {
		$request();
	} catch ( Exception $end ) {
		if ( ! $end instanceof $exception ) {
			throw $end;
		}
		return $end->getMessage();
	}
	throw new Exception( 'the request did not end with ' . $exception );
}

/** Returns the element of the page, by the short code. */
function element(): string {
	\Doorstep\OrderTracking\start();
	do_action( 'init' );
	return ( World::$short_codes['doorstep_tracking'] )();
}
