/**
 * Files of histories: the recorded etcd logs ({@link
 * io.weir.consensus.server.history.file.EtcdLog}) and our own ({@link
 * io.weir.consensus.server.history.file.StoreLog}, written by {@link
 * io.weir.consensus.server.history.file.HistoryRecorder}). {@link
 * io.weir.consensus.server.history.file.HistoryFile} tells them apart by their first line.
 */
@NullMarked
package io.weir.consensus.server.history.file;

import org.jspecify.annotations.NullMarked;
