"""The order in which the transitional schema (ECMA-376, part 4) wants an element's children."""

from collections.abc import Iterator

from tests.fidelity.archive import NAMES, Archive, Element, local, q

_CELL_CHANGES = "cellIns cellDel cellMerge"
_RUN = """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
    noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr
    shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"""
_PARAGRAPH = """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
    suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct
    topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
    contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap
    outlineLvl divId cnfStyle"""
_SECTION = """footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols
    formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"""
_TABLE = """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
    tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"""
_SIDES = "top start left bottom end right insideH insideV tl2br tr2bl"
ORDER: dict[str, str] = {
    "w:document": "background body",
    "w:p": "pPr *",
    "w:r": "rPr *",
    "w:tbl": "tblPr tblGrid *",
    "w:tr": "tblPrEx trPr *",
    "w:tc": "tcPr *",
    "w:pPr": f"{_PARAGRAPH} rPr sectPr pPrChange",
    "w:rPr": f"ins del moveFrom moveTo {_RUN} rPrChange",
    "w:numPr": "ilvl numId numberingChange ins",
    "w:pBdr": "top left start bottom right end between bar",
    "w:tblPr": f"{_TABLE} tblPrChange",
    "w:tblPrEx": """tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook
        tblPrExChange""",
    "w:tblBorders": _SIDES,
    "w:tblCellMar": "top start left bottom end right",
    "w:tcPr": f"""cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection
        tcFitText vAlign hideMark headers {_CELL_CHANGES} tcPrChange""",
    "w:tcBorders": _SIDES,
    "w:tcMar": "top start left bottom end right",
    "w:sectPr": f"headerReference|footerReference {_SECTION} sectPrChange",
    "w:cols": "col",
    "w:sdt": "sdtPr sdtEndPr sdtContent",
    "w:hyperlink": "*",
    "w:styles": "docDefaults latentStyles style",
    "w:docDefaults": "rPrDefault pPrDefault",
    "w:style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden
        unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr
        tcPr tblStylePr""",
    "w:tblStylePr": "pPr rPr tblPr trPr tcPr",
    "w:numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "w:num": "abstractNumId lvlOverride",
    "w:lvlOverride": "startOverride lvl",
    "w:lvl": """start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr
        rPr""",
    "w:footnotePr": "pos numFmt numStart numRestart footnote",
    "w:endnotePr": "pos numFmt numStart numRestart endnote",
    "w:settings": """writeProtection view zoom removePersonalInformation removeDateAndTime
        doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText
        printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts
        saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges
        bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors
        hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
        stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions
        doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme
        styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone
        doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle
        evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets
        drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery
        displayVerticalDrawingGridEvery doNotUseMarginsForDrawingGridOrigin
        drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
        noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars
        noLineBreaksAfter noLineBreaksBefore
        savePreviewPicture doNotValidateAgainstSchema saveInvalidXml
        ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly
        useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace updateFields
        hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema
        themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
        doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType
        schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator""",
    "w:font": """altName panose1 charset family notTrueType pitch sig embedRegular embedBold
        embedItalic embedBoldItalic""",
    "w:comment": "*",
    "wp:inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "mc:AlternateContent": "Choice Fallback",
}  # fmt: skip
_SINGLE = frozenset({"w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:numPr", "w:settings", "w:lvl"})
_RANKS = {
    q(tag): {name: at for at, step in enumerate(words.split()) for name in step.split("|")}
    for tag, words in ORDER.items()
}
_ONCE = frozenset(q(tag) for tag in _SINGLE)
_OURS = frozenset({NAMES["w"], NAMES["wp"], NAMES["mc"], NAMES["a"]})
_SEVERAL = frozenset({"smartTagType", "attachedSchema", "activeWritingStyle"})


def wrong_orders(archive: Archive) -> Iterator[str]:
    """A line for each element whose children stand in another order, are unknown or double."""
    for name in sorted(archive.parts):
        if name.endswith(".xml") and "/theme/" not in name and name != "[Content_Types].xml":
            for element in archive.tree(name).iter(*_RANKS):
                yield from (f"{name}: {fault}" for fault in _faults(element))


def _faults(element: Element) -> Iterator[str]:
    ranks, last = _RANKS[element.tag], -1
    seen: set[str] = set()
    for kid in element:
        name = local(kid)
        if not name or str(kid.tag)[1:].split("}")[0] not in _OURS:
            continue
        at = ranks.get(name, ranks.get("*", -2))
        if at == -2:
            yield f"{name} in {local(element)}"
        elif at < last:
            yield f"{name} too late in {local(element)}"
        elif element.tag in _ONCE and name in seen and name not in _SEVERAL:
            yield f"{name} twice in {local(element)}"
        last = max(last, at)
        seen.add(name)
