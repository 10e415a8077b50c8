import type {Action} from './reduce.js';
import type {SessionState} from './state.js';

/** A part of the state that one feature owns: the rest of the session does not know what it holds. */
export type Slice<Value> = {
	of(state: SessionState): Value;
	/** The action that replaces it. */
	set(value: Value): Action;
};

/** `name`: unique among all slices. The session begins with `initial`, and does not keep the slice in the progress. */
export const defineSlice = <Value>(name: string, initial: Value): Slice<Value> => ({
	of: ({slices}) => (name in slices ? (slices[name] as Value) : initial),
	set: value => ({action: 'set-slice', name, value}),
});
