// Word documents for tests: paragraphs with automatic numbers, tables, a red head. Written without compression by a few lines of zip.
//
// Comes in: blocks. Goes out: the bytes of a .docx.

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** A zip archive of files that are stored as they are. */
export function zip(files) {
  const parts = [];
  const central = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, path, data);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, path);
    at += 4 + common.length + path.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

/** Half points of the sizes of official documents: 小标宋二号, 仿宋三号. */
const SIZES = { head: 72, title: 44, text: 32 };

function paragraph({ text, level, centre, right, red, size = SIZES.text, font = '仿宋_GB2312', indent = true }) {
  const number = level === undefined ? '' : `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
  const first = indent && !centre && !right ? '<w:ind w:firstLineChars="200" w:firstLine="640"/>' : '';
  const place = centre ? '<w:jc w:val="center"/>' : right ? '<w:jc w:val="right"/>' : '';
  const look = `<w:rPr><w:rFonts w:eastAsia="${font}"/>${red ? '<w:color w:val="FF0000"/>' : ''}<w:sz w:val="${size}"/></w:rPr>`;
  return `<w:p><w:pPr>${number}<w:spacing w:line="560" w:lineRule="exact"/>${first}${place}</w:pPr>`
    + `<w:r>${look}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
}

function table(rows) {
  const edge = (name) => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`;
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('');
  const cell = (text) => `<w:tc><w:tcPr><w:tcW w:w="2200" w:type="dxa"/></w:tcPr>${paragraph({ text, centre: true, size: 28 })}</w:tc>`;
  const row = (cells, i) => `<w:tr>${i === 0 ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map(cell).join('')}</w:tr>`;
  const grid = rows[0].map(() => '<w:gridCol w:w="2200"/>').join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>${edges}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.map(row).join('')}</w:tbl>`;
}

/**
 * A Word document. A block is a text, an object (`text`, `level` for an automatic number: 0 is 一、, 1 is （一）, 2 is 1.), or
 * `rows` of a table.
 */
export function docx(blocks) {
  const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const kinds = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const level = (i, form, words) =>
    `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${form}"/><w:suff w:val="nothing"/><w:lvlText w:val="${words}"/></w:lvl>`;
  const levels = [['chineseCounting', '%1、'], ['chineseCounting', '（%2）'], ['decimal', '%3.']];
  const body = blocks.map((one) => (one.rows ? table(one.rows) : paragraph(typeof one === 'string' ? { text: one } : one))).join('');
  return zip({
    '[Content_Types].xml': `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${kinds}.document.main+xml"/>`
      + `<Override PartName="/word/numbering.xml" ContentType="${kinds}.numbering+xml"/></Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${head}<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${office}/numbering" Target="numbering.xml"/></Relationships>`,
    'word/numbering.xml': `${head}<w:numbering xmlns:w="${w}"><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>`
      + `${levels.map(([form, words], i) => level(i, form, words)).join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
    'word/document.xml': `${head}<w:document xmlns:w="${w}"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
  });
}
