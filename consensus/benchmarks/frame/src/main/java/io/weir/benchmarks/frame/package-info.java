/**
 * What every measurement needs, whatever it measures: a place to work that is left as it was found,
 * the machine's description, the middle of several rounds, a way to start Java.
 */
@NullMarked
package io.weir.benchmarks.frame;

import org.jspecify.annotations.NullMarked;
