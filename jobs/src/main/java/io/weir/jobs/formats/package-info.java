/**
 * How bytes become rows. {@link io.weir.jobs.formats.FormatSettings} says what a source's records
 * look like and which columns they have; {@link io.weir.jobs.formats.TimeSettings} says which
 * column is the event time. Together they make a {@link io.weir.operators.intake.Decoder} that
 * fills only the columns that a job asks for, yet refuses a record that is malformed anywhere.
 *
 * <p>The same rules hold in every format: a missing value is null; a value that is not of its
 * column's type makes the record a broken one, and so does a missing or absurd event time.
 */
@NullMarked
package io.weir.jobs.formats;

import org.jspecify.annotations.NullMarked;
