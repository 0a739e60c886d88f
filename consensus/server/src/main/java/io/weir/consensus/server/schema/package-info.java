/**
 * Decides whether a document may become a version: it must be YAML 1.2 or JSON that stands for a
 * JSON value, and satisfy its job's JSON Schema (draft 2020-12, {@code format} only annotates).
 *
 * <p>Documents and schemas come from outside, so everything here is bounded: depth, values,
 * aliases, numbers, steps of a regular expression, compiled schemas kept. Nothing is ever fetched.
 */
@NullMarked
package io.weir.consensus.server.schema;

import org.jspecify.annotations.NullMarked;
