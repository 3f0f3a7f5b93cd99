package io.cartwheel.cli.item;

/** The names of an item's header fields, as in Riak's API. */
final class ItemHeaders {
  static final String CONTEXT = "X-Riak-Vclock";
  static final String METADATA = "X-Riak-Meta-";
  static final String DELETED = "X-Riak-Deleted";
  static final String SESSION = "X-Cartwheel-Session";
  static final String CONTENT_TYPE = "Content-Type";
  static final String CONTENT_ENCODING = "Content-Encoding";
  static final String LINK = "Link";
  static final String ETAG = "ETag";
  static final String LAST_MODIFIED = "Last-Modified";

  private ItemHeaders() {}
}
