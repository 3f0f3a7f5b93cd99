package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.Headers;
import io.cartwheel.cli.http.Response;
import io.cartwheel.core.item.Bytes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One live version of an item. What describes it is kept as in header fields, so that it can be
 * written again as it was.
 *
 * @param vtag what names it among its siblings
 * @param modified when it was written, as ISO 8601
 * @param ttl how long it lasts from now on, empty when it stays
 */
public record Version(
    String vtag,
    String contentType,
    Optional<String> contentEncoding,
    Optional<String> links,
    String modified,
    Optional<Duration> ttl,
    Map<String, String> metadata,
    Bytes value) {

  /** One that is to be written. */
  static Version fresh(
      String contentType, Optional<Duration> ttl, Map<String, String> metadata, Bytes value) {
    return new Version(
        "", contentType, Optional.empty(), Optional.empty(), "", ttl, metadata, value);
  }

  /** The only version, from a plain answer. */
  public static Version of(Response response) {
    var metadata = new LinkedHashMap<String, String>();
    for (Headers.Field field : response.headers().startingWith(ItemHeaders.METADATA)) {
      metadata.put(field.name().substring(ItemHeaders.METADATA.length()), field.value());
    }
    return new Version(
        response.header(ItemHeaders.ETAG).orElse("").replace("\"", ""),
        response.header(ItemHeaders.CONTENT_TYPE).orElse(""),
        response.header(ItemHeaders.CONTENT_ENCODING),
        response.header(ItemHeaders.LINK),
        response.header(ItemHeaders.LAST_MODIFIED).map(Version::iso).orElse(""),
        response.header(ItemHeaders.TTL).flatMap(Version::seconds),
        metadata,
        response.body());
  }

  /** One of several, from the list of siblings. */
  public static Version of(JsonObject sibling) throws CommandFailed {
    var metadata = new LinkedHashMap<String, String>();
    sibling
        .object("metadata")
        .ifPresent(object ->
            object.members().forEach((name, text) -> metadata.put(name, wire("" + text))));
    return new Version(
        sibling.text("vtag").orElse(""),
        sibling.text("content_type").map(Version::wire).orElse(""),
        sibling.text("content_encoding").filter(encoding -> !encoding.isEmpty()),
        sibling.text("links").map(Version::wire).filter(links -> !links.isEmpty()),
        sibling.text("last_modified").orElse(""),
        sibling.number("ttl").map(Duration::ofSeconds),
        metadata,
        value(sibling));
  }

  private static Bytes value(JsonObject sibling) throws CommandFailed {
    try {
      return Bytes.wrap(Base64.getDecoder().decode(sibling.text("value").orElse("")));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(ExitCode.FAILED, "the node sent a value that is not base64");
    }
  }

  /** What came by HTTP is in JSON as on the wire; what came by another protocol may not be. */
  private static String wire(String text) {
    return text.chars().allMatch(c -> c <= 0xff) ? text : Headers.toWire(text);
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,18}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  /** HTTP's date as ISO 8601; what is no such date stays as it is. */
  private static String iso(String date) {
    try {
      return DateTimeFormatter.ISO_INSTANT.format(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException e) {
      return date;
    }
  }

  /** As it is printed for scripts. */
  Map<String, Object> toJson() {
    var readable = new LinkedHashMap<String, String>();
    metadata.forEach((name, text) -> readable.put(name, Headers.fromWire(text)));
    var members = new LinkedHashMap<String, Object>();
    members.put("vtag", vtag);
    members.put("content_type", Headers.fromWire(contentType));
    contentEncoding.ifPresent(encoding -> members.put("content_encoding", encoding));
    members.put("last_modified", modified);
    ttl.ifPresent(left -> members.put("ttl", left.toSeconds()));
    members.put("metadata", readable);
    members.put("bytes", value.length());
    members.put("value", value);
    return members;
  }
}
