/**
 * Says whether what clients saw of a register is linearizable: whether every operation can be
 * thought to have happened in one moment between its call and its answer (Herlihy and Wing, 1990).
 * {@link io.weir.consensus.server.history.History} holds what was recorded, split into registers
 * that are judged one by one (Horn and Kroening, 2015); a {@link
 * io.weir.consensus.server.history.Model} says what one register answers; {@link
 * io.weir.consensus.server.history.Search} looks for an order that explains all answers (Lowe,
 * 2017).
 */
@NullMarked
package io.weir.consensus.server.history;

import org.jspecify.annotations.NullMarked;
