/**
 * What a model remembers, without Flink's streams: of each user the {@link
 * io.weir.operators.recommendation.model.History}; of each item its counts in {@link
 * io.weir.operators.recommendation.model.Items}, and how often it went together with others in a
 * {@link io.weir.operators.recommendation.model.Column}. With each comes the serializer that
 * savepoints name. All classes are for one thread.
 */
@NullMarked
package io.weir.operators.recommendation.model;

import org.jspecify.annotations.NullMarked;
