/**
 * What a node answers, apart from how it is carried: each endpoint has a method, a path, the role
 * that it needs, and turns a request into a future answer. The store's refusals are errors with a
 * word for programs and a sentence for people.
 */
@NullMarked
package io.weir.consensus.server.endpoints;

import org.jspecify.annotations.NullMarked;
