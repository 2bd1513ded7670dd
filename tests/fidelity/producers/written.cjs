// Documents written by the npm package "docx"; called with the folder to write them to.
const fs = require("node:fs");
const path = require("node:path");
const d = require("docx");

const PICTURE = Buffer.from(process.argv[3], "base64");
const numbering = {
  config: [
    {
      reference: "nombres",
      levels: [
        { level: 0, format: d.LevelFormat.DECIMAL, text: "%1.", alignment: d.AlignmentType.LEFT },
        { level: 1, format: d.LevelFormat.LOWER_LETTER, text: "%2)" },
      ],
    },
  ],
};
const p = (...children) => new d.Paragraph({ children: children.map(run) });
const run = (one) => (typeof one === "string" ? new d.TextRun(one) : one);
const item = (text, level, instance) =>
  new d.Paragraph({ text, numbering: { reference: "nombres", level, instance } });
const cell = (text, more) => new d.TableCell({ children: [new d.Paragraph(text)], ...more });

const words = new d.Document({
  footnotes: { 1: { children: [p("Une note.")] } },
  comments: {
    children: [{ id: 0, author: "Ana Exemple", date: new Date(0), children: [p("À revoir")] }],
  },
  sections: [
    {
      children: [
        new d.Paragraph({ text: "Notre méthode", heading: d.HeadingLevel.HEADING_1 }),
        p("Un texte ", new d.TextRun({ text: "gras", bold: true }),
          new d.TextRun({ text: " penché", italics: true }),
          new d.TextRun({ text: "2", superScript: true }), new d.FootnoteReferenceRun(1)),
        p(new d.ExternalHyperlink({
          children: [new d.TextRun({ text: "un site", style: "Hyperlink" })],
          link: "https://exemple.invalid/npm",
        }), " et ", new d.InternalHyperlink({ children: [run("plus bas")], anchor: "cible" })),
        p(new d.CommentRangeStart(0), "un passage", new d.CommentRangeEnd(0),
          new d.TextRun({ children: [new d.CommentReference(0)] })),
        p(new d.Bookmark({ id: "cible", children: [run("La cible")] }), " page ",
          new d.PageReference("cible")),
        p(new d.Math({
          children: [new d.MathFraction({
            numerator: [new d.MathRun("a")], denominator: [new d.MathRun("b")],
          })],
        })),
        p("Page ", new d.TextRun({ children: [d.PageNumber.CURRENT] }), "."),
      ],
    },
  ],
});

const pages = new d.Document({
  numbering,
  sections: [
    {
      children: [
        item("un", 0, 1), item("un a", 1, 1), item("deux", 0, 1), p("Une pause."),
        item("de nouveau un", 0, 2),
        new d.Table({
          rows: [
            new d.TableRow({ children: [cell("ensemble", { columnSpan: 2 })] }),
            new d.TableRow({
              children: [cell("a", { shading: { fill: "DDEEFF" } }), cell("b", { rowSpan: 2 })],
            }),
            new d.TableRow({ children: [cell("c")] }),
          ],
        }),
      ],
    },
    {
      properties: { page: { size: { orientation: d.PageOrientation.LANDSCAPE } } },
      children: [
        p("Couché ", new d.ImageRun({
          type: "png", data: PICTURE, transformation: { width: 24, height: 12 },
        })),
      ],
    },
    {
      properties: { column: { count: 2, space: 500 } },
      children: [p("En deux colonnes."), p("Fin.")],
    },
  ],
});

for (const [name, made] of Object.entries({ words, pages })) {
  const file = path.join(process.argv[2], `${name}.docx`);
  d.Packer.toBuffer(made).then((data) => fs.writeFileSync(file, data));
}
