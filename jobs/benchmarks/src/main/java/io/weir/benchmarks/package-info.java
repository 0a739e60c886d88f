/**
 * Measures Weir beside its peers: every side runs in a process of its own, the sides take turns in
 * one run, and what counts are ratios, since machines are noisy. Each benchmark ends with one line
 * of JSON.
 */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
