package io.cartwheel.cli.item;

/** The names of an item's header fields, as in Riak's API. */
public final class ItemHeaders {
  public static final String CONTEXT = "X-Riak-Vclock";
  public static final String METADATA = "X-Riak-Meta-";
  public static final String DELETED = "X-Riak-Deleted";
  public static final String SESSION = "X-Cartwheel-Session";
  public static final String TTL = "X-Cartwheel-TTL";
  public static final String CONTENT_TYPE = "Content-Type";
  public static final String CONTENT_ENCODING = "Content-Encoding";
  public static final String LINK = "Link";
  public static final String ETAG = "ETag";
  public static final String LAST_MODIFIED = "Last-Modified";

  private ItemHeaders() {}
}
