<?php
/**
 * Formal German: the translation does not address the reader, so it is the one of `de_DE`.
 *
 * @package Doorstep\OrderTracking
 */

return require __DIR__ . '/doorstep-order-tracking-de_DE.l10n.php';
