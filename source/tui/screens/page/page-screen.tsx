import {useState} from 'react';
import {Lines} from '../../components/lines.js';
import {type ScreenProps, useViewKeys} from '../../keymap/use-keys.js';
import {firstVisibleLine, initialViewState, moveView, type Region} from '../../keymap/view-state.js';
import {layoutScreen, visibleRows} from '../../text/layout.js';
import {useRenderContext} from '../../text/render-context.js';
import {pageLines, scrollableSize} from './page-lines.js';
import type {TextPage} from './text-page.js';

type PageScreenProps = Omit<ScreenProps, 'onIntent'> & Pick<TextPage, 'linesFor'>;

/** A screen that shows a single text, which scrolls if it doesn't fit. */
export const PageScreen = ({state, terminal, viewKeys, linesFor}: PageScreenProps) => {
	const {symbols} = useRenderContext();
	const [view, setView] = useState(initialViewState);
	const layout = layoutScreen(terminal, 'nothing');
	const size = scrollableSize(state, layout, symbols);
	const lines = linesFor(size.columns);
	const region: Region = {
		key: 'page',
		total: lines.length,
		rows: visibleRows(lines.length, size),
		initial: 0,
	};
	useViewKeys(viewKeys, action =>
		setView(before => moveView(before, action, {regions: [region], suited: 0, isWide: false})),
	);
	const rows = pageLines(state, layout, symbols, {lines, top: firstVisibleLine(view, region)});
	return <Lines lines={rows} size={{columns: layout.frame.columns, rows: rows.length}} />;
};
