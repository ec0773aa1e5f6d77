package org.homeward.standalone.bench.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcsRequestTest {

    @Test
    void findsMethodAndFieldsWhateverThePrefix() {
        // Given
        String xml = "<soapenv:Envelope><soapenv:Header><cwmp:ID soapenv:mustUnderstand=\"1\">7&amp;x</cwmp:ID>"
                + "</soapenv:Header><soapenv:Body><cwmp:SetParameterValues><ParameterList><ParameterValueStruct>"
                + "<Name>A.B</Name><Value xsi:type=\"xsd:string\">a &lt;b&gt;</Value></ParameterValueStruct>"
                + "<ParameterValueStruct><Name>A.C</Name><Value/></ParameterValueStruct></ParameterList>"
                + "<ParameterKey>key</ParameterKey></cwmp:SetParameterValues></soapenv:Body></soapenv:Envelope>";

        // When
        AcsRequest request = AcsRequest.of(xml);

        // Then
        assertThat(request.method()).isEqualTo("SetParameterValues");
        assertThat(request.text("ID")).isEqualTo("7&x");
        assertThat(request.texts("Name")).containsExactly("A.B", "A.C");
        assertThat(request.texts("Value")).containsExactly("a <b>", "");
        assertThat(request.text("ParameterKey")).isEqualTo("key");
    }

    @Test
    void somethingElseIsNoRequest() {
        assertThat(AcsRequest.of("<html>busy</html>").method()).isEmpty();
    }
}
