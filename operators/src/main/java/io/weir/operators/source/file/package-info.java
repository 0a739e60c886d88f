/**
 * Files as origins. {@link io.weir.operators.source.file.FileOrigins} lists files and folders on
 * any of Flink's file systems; a {@link io.weir.operators.source.file.FileInput} delivers a file's
 * bytes, uncompressed, from an offset on; a {@link io.weir.operators.source.file.Framing} says
 * where its records begin and end. What cannot be read fails the job and is never taken for the end
 * of a file.
 */
@NullMarked
package io.weir.operators.source.file;

import org.jspecify.annotations.NullMarked;
