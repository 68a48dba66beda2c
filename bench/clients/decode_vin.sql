select api.decode_vin(:vin);
