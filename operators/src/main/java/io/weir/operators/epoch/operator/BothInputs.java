package io.weir.operators.epoch.operator;

import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;

/** A factory that serves operators of one input and of two. */
interface BothInputs<A, B, OUT>
    extends OneInputStreamOperatorFactory<A, OUT>, TwoInputStreamOperatorFactory<A, B, OUT> {}
