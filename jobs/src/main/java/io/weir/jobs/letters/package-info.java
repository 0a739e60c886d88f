/**
 * Dead letters after the fact: what a job refused is counted, looked at, mended and sent once more.
 *
 * <p>A letter is known by origin, position and reason. Where it lies, files or a topic, it stays as
 * it was. Sending it to a topic leaves a mark in a topic beside it, in the same transaction, so a
 * letter goes out once however often, and by however many, that is done.
 */
@NullMarked
package io.weir.jobs.letters;

import org.jspecify.annotations.NullMarked;
