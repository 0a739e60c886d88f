/**
 * What happens to a record right behind its source. A source delivers a {@link
 * io.weir.operators.intake.RawRecord}: bytes and where they came from. A {@link
 * io.weir.operators.intake.Decoder} makes values with an event time of it, and the gate decides,
 * once and for the whole job, whether a value is on time, too late or too far ahead. Its clocks are
 * part of its state, one for each origin (a Kafka partition, a file), so that the decision depends
 * on the order of the records within their origin and, where the origin is live, on how long it has
 * been silent; not on parallelism or failures. What is refused becomes a {@link
 * io.weir.operators.intake.DeadLetter}.
 */
@NullMarked
package io.weir.operators.intake;

import org.jspecify.annotations.NullMarked;
