package io.weir.operators.epoch.verify;

import io.weir.operators.epoch.stamp.Stamp;

/**
 * A stamp and where it stands.
 *
 * @param file its name in the folder
 * @param line from 1
 */
public record Sighting(String file, long line, Stamp stamp) {}
