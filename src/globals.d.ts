/** Constants that the build writes into the page and its worker. */

/** True in the page that is one file on disk: nothing can be fetched there and there is no service worker. */
declare const __SINGLE_FILE__: boolean;
