import type {Action} from './reduce.js';
import type {SessionState} from './state.js';

/** A part of the state that one feature owns; the rest of the session does not know its content. */
export type Slice<Value> = {
	of(state: SessionState): Value;
	/** Creates the action that replaces it. */
	set(value: Value): Action;
};

/**
 * Creates a slice. `name`: unique among all slices. The session starts with `initial`; progress does not include
 * slices.
 */
export const defineSlice = <Value>(name: string, initial: Value): Slice<Value> => ({
	of: ({slices}) => (name in slices ? (slices[name] as Value) : initial),
	set: value => ({action: 'set-slice', name, value}),
});
