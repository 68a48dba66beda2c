/** The three formats of one answer, byte for byte where a client may look at bytes. */

import test from 'ava';
import { renderCsv } from './csv.ts';
import type { Envelope, Layout, Row } from './envelope.ts';
import { renderJson } from './json.ts';
import { renderXml } from './xml.ts';

const layout: Layout = { element: 'Row', columns: ['B', 'A'] };

function envelopeOf(rows: readonly Row[], words: Partial<Envelope> = {}): Envelope {
  return {
    count: rows.length,
    message: 'fine',
    searchCriteria: null,
    results: JSON.stringify(rows),
    ...words,
  };
}

test('JSON: the results as the database wrote them', (t) => {
  const results = '[{"A" : 1.50, "B" : "\\u00e9"}]';
  const text = renderJson({ count: 1, message: 'a "b"', searchCriteria: 'VIN:\\', results });
  t.is(text, `{"Count":1,"Message":"a \\"b\\"","SearchCriteria":"VIN:\\\\","Results":${results}}`);
});

test('XML: null is left out, an empty text is an empty element', (t) => {
  const xml = renderXml(
    envelopeOf(
      [
        { A: null, B: '' },
        { A: 'a', B: 2 },
      ],
      { searchCriteria: '' },
    ),
    layout,
  );
  t.is(
    xml,
    '<Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
      '<Count>2</Count><Message>fine</Message><SearchCriteria/>' +
      '<Results><Row><B/></Row><Row><B>2</B><A>a</A></Row></Results></Response>',
  );
});

test('XML: no criteria and no results', (t) => {
  t.regex(
    renderXml(envelopeOf([]), layout),
    /<Count>0<\/Count><Message>fine<\/Message><Results\/><\/Response>$/,
  );
});

test('XML: markup is text, and what XML cannot write is replaced', (t) => {
  const hostile = `<a b="c">&amp; ]]> '\u0000\u0001\u001f\u{b}\ufffe\ud800 é🚗\t\n</Response>`;
  const xml = renderXml(envelopeOf([{ A: hostile }], { searchCriteria: hostile }), layout);
  const shown =
    '&lt;a b=&quot;c&quot;&gt;&amp;amp; ]]&gt; &apos;\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd é🚗\t\n&lt;/Response&gt;';
  t.true(xml.includes(`<SearchCriteria>${shown}</SearchCriteria>`), xml);
  t.true(xml.includes(`<A>${shown}</A>`), xml);
});

test('XML: lists within results', (t) => {
  const rows = [
    {
      A: 1,
      VehicleTypes: [
        { IsPrimary: false, Name: 'Car' },
        { GVWRFrom: null, GVWRTo: 'x', IsPrimary: true, Name: 'Bus' },
      ],
    },
    { A: 2, VehicleTypes: [] },
  ];
  const xml = renderXml(envelopeOf(rows), { element: 'M', columns: ['A', 'VehicleTypes'] });
  t.true(
    xml.includes(
      '<Results><M><A>1</A><VehicleTypes>' +
        '<VehicleType><Name>Car</Name><IsPrimary>false</IsPrimary></VehicleType>' +
        '<VehicleType><Name>Bus</Name><IsPrimary>true</IsPrimary><GVWRTo>x</GVWRTo></VehicleType>' +
        '</VehicleTypes></M><M><A>2</A><VehicleTypes/></M></Results>',
    ),
    xml,
  );
});

test('CSV: names in lower case, CRLF, quotes where they are needed', (t) => {
  const rows = [
    { A: 'a,b', B: 1 },
    { A: 'say "x"', B: null },
    { A: 'Truck ', B: ' ' },
    { A: 'two\r\nlines', B: '' },
    { A: '=1+1', B: 'é🚗' },
  ];
  t.is(
    renderCsv(envelopeOf(rows), layout),
    'b,a\r\n1,"a,b"\r\n,"say ""x"""\r\n" ","Truck "\r\n,"two\r\nlines"\r\né🚗,=1+1\r\n',
  );
});

test('CSV: a list within a result is its names; an empty answer has its header', (t) => {
  const rows = [{ A: [{ Name: 'Car' }, { Name: 'Bus' }], B: [] }];
  t.is(renderCsv(envelopeOf(rows), layout), 'b,a\r\n,Car; Bus\r\n');
  t.is(renderCsv(envelopeOf([]), layout), 'b,a\r\n');
});

test("columns that no layout names are the results' own", (t) => {
  t.is(renderCsv(envelopeOf([{ Z: 1, A: 2 }]), { element: 'Row' }), 'z,a\r\n1,2\r\n');
});
