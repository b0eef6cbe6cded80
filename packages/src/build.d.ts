// Declares the constant that the build inserts.

/** Version of this package. */
declare const VERSION: string;
