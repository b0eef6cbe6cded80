<?php
/**
 * Stand-ins of the classes and functions of WooCommerce that the plugin uses.
 */

namespace Automattic\WooCommerce\Utilities {
	final class FeaturesUtil {
		public static array $declared = array();
		public static function declare_compatibility( string $feature, string $file, bool $compatible ): void {
			self::$declared[ $feature ] = $compatible;
		}
	}
}

namespace Automattic\WooCommerce\Internal\Utilities {
	final class Users {
		/** Answers for guests: true after ten minutes, unless the right e-mail address was given. */
		public static function should_user_verify_order_email( $order, $email = null, $context = 'view' ): bool {
			return \World::$asks_for_email && 'ada@example.com' !== $email;
		}
	}
}

namespace {
	final class WooCommerce {}

	class WC_Order {
		public array $meta  = array();
		public int $written = 0;
		private int $id;
		private int $customer;
		private string $key;
		private array $unsaved = array();
		public function __construct( int $id, int $customer, string $key ) {
			$this->id       = $id;
			$this->customer = $customer;
			$this->key      = $key;
		}
		public function get_id() {
			return $this->id;
		}
		public function get_customer_id() {
			return $this->customer;
		}
		public function get_order_key() {
			return $this->key;
		}
		public function get_meta( $name ) {
			return $this->meta[ $name ] ?? '';
		}
		public function update_meta_data( $name, $value ) {
			$this->unsaved[ $name ] = $value;
		}
		public function save_meta_data() {
			$this->meta    = $this->unsaved + $this->meta;
			$this->unsaved = array();
			++$this->written;
		}
	}

	final class WC_Meta_Data {
		private array $data;
		public function __construct( string $key, $value ) {
			$this->data = array(
				'id'    => 1,
				'key'   => $key,
				'value' => $value,
			);
		}
		public function get_data() {
			return $this->data;
		}
	}

	/** A webhook with the setters and getters of its properties. */
	final class WC_Webhook {
		public array $properties = array();
		public function __call( string $name, array $arguments ) {
			$property = substr( $name, 4 );
			if ( 0 === strpos( $name, 'set_' ) ) {
				$this->properties[ $property ] = $arguments[0];
			}
			return $this->properties[ $property ] ?? null;
		}
		public function save(): void {
			if ( ! in_array( $this, World::$webhooks, true ) ) {
				World::$webhooks[] = $this;
			}
		}
	}

	final class WC_Data_Store {
		public static function load( string $type ): self {
			return new self();
		}
		public function search_webhooks( array $search ): array {
			return array_keys( World::$webhooks );
		}
	}

	final class WP_REST_Request {
		public string $path;
		public function __construct( string $method, string $path ) {
			$this->path = $path;
		}
	}

	final class WP_REST_Response {
		public $data;
		private bool $error;
		public function __construct( $data, bool $error = false ) {
			$this->data  = $data;
			$this->error = $error;
		}
		public function is_error(): bool {
			return $this->error;
		}
		public function get_data() {
			return $this->data;
		}
	}

	/** Answers with the fulfilments of an order to user 1, who manages the shop, and with an error to everybody else. */
	function rest_do_request( $request ) {
		$is_path = 1 === preg_match( '#^/wc/v3/orders/[0-9]+/fulfillments$#', $request->path );
		$refused = ! $is_path || null === World::$fulfilments || 1 !== World::$user;
		return new WP_REST_Response( $refused ? array( 'code' => 'refused' ) : World::$fulfilments, $refused );
	}

	/** The log of WooCommerce. */
	final class Log {
		public function warning( string $message, array $context ): void {
			World::$log[] = $message;
		}
	}

	function wc_get_webhook( $id ) {
		return World::$webhooks[ $id ] ?? null;
	}
	function wc_get_order( $id ) {
		return World::$orders[ $id ] ?? false;
	}
	function wc_get_logger() {
		return new Log();
	}
	function is_wc_endpoint_url( $name ) {
		return isset( World::$endpoint[ $name ] );
	}
	function wc_maybe_define_constant( $name, $value ) {
		defined( $name ) || define( $name, $value );
	}
}
