<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>Check</name>
    <message numerus="yes">
        <source>{protocol}; certificate {certificate}, issued by {issuer}, until {expires} (%n day(s) left)</source>
        <translation>
            <numerusform>{protocol}; certificate {certificate}, issued by {issuer}, until {expires} (%n day left)</numerusform>
            <numerusform>{protocol}; certificate {certificate}, issued by {issuer}, until {expires} (%n days left)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message numerus="yes">
        <source>%n topic(s)</source>
        <translation>
            <numerusform>%n topic</numerusform>
            <numerusform>%n topics</numerusform>
        </translation>
    </message>
</context>
</TS>
