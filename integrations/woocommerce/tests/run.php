<?php
/**
 * Runs the tests of the plugin without WordPress, WooCommerce and network: `php tests/run.php`. Ends with exit code 1 if one fails.
 *
 * A test is a function of a file `*_tests.php` whose name begins with `test_`. It fails by an exception or by a warning of PHP.
 */

declare( strict_types=1 );

error_reporting( E_ALL );
ini_set( 'display_errors', '1' );
set_error_handler(
	static function ( int $level, string $message, string $file, int $line ): bool {
		throw new ErrorException( $message, 0, $level, $file, $line );
	}
);

require __DIR__ . '/world.php';
require __DIR__ . '/wordpress.php';
require __DIR__ . '/requests.php';
require __DIR__ . '/woocommerce.php';
require dirname( __DIR__ ) . '/doorstep-order-tracking/doorstep-order-tracking.php';
require __DIR__ . '/checks.php';
foreach ( glob( __DIR__ . '/*_tests.php' ) as $file ) {
	require $file;
}

$failed = 0;
$tests  = array_filter( get_defined_functions()['user'], static fn ( string $name ): bool => 0 === strpos( $name, 'test_' ) );
foreach ( $tests as $test ) {
	World::begin();
	try {
		$test();
	} catch ( Throwable $error ) {
		++$failed;
		printf( "FAILED %s\n  %s\n  %s:%d\n", $test, $error->getMessage(), $error->getFile(), $error->getLine() );
	}
}
printf( "%d passed, %d failed\n", count( $tests ) - $failed, $failed );
exit( 0 === $failed && count( $tests ) > 0 ? 0 : 1 );
